# S3's fleet, as Rollcall's blueprint of `course` has it: its image is baked first.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

# Region, keys and endpoint come from the environment (AWS_REGION, AWS_ENDPOINT_URL …).
provider "aws" {}

data "aws_vpc" "this" { default = true }

data "aws_subnets" "all" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }
}

data "aws_instances" "server" {
  instance_tags = { Name = "fastcampus-server" }
}

resource "aws_ami_from_instance" "this" {
  name                    = "fastcampus-nginx v1"
  source_instance_id      = data.aws_instances.server.ids[0]
  snapshot_without_reboot = true
  tags                    = { description = "forAutoscaling" }
}

resource "aws_security_group" "balancer" {
  name        = "fastcampus-alb-sg"
  description = "fastcampus-alb-sg"
  vpc_id      = data.aws_vpc.this.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "instances" {
  name        = "fastcampus-sg"
  description = "fastcampus-sg"
  vpc_id      = data.aws_vpc.this.id
  ingress {
    from_port       = 80
    to_port         = 80
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
  }
}

resource "aws_lb" "this" {
  name               = "fastcampus-alb"
  load_balancer_type = "application"
  security_groups    = [aws_security_group.balancer.id]
  subnets            = data.aws_subnets.all.ids
}

resource "aws_lb_target_group" "this" {
  name     = "fastcampus-tg"
  port     = 80
  protocol = "HTTP"
  vpc_id   = data.aws_vpc.this.id
}

resource "aws_lb_target_group_attachment" "server" {
  target_group_arn = aws_lb_target_group.this.arn
  target_id        = data.aws_instances.server.ids[0]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_launch_template" "this" {
  name                   = "fastcampus-nginx"
  image_id               = aws_ami_from_instance.this.id
  instance_type          = "t2.nano"
  key_name               = "fastcampus"
  vpc_security_group_ids = [aws_security_group.instances.id]
  metadata_options { http_tokens = "required" }
}

resource "aws_autoscaling_group" "this" {
  name                      = "fastcampus-asg"
  min_size                  = 1
  desired_capacity          = 1
  max_size                  = 10
  vpc_zone_identifier       = data.aws_subnets.all.ids
  target_group_arns         = [aws_lb_target_group.this.arn]
  health_check_type         = "ELB"
  health_check_grace_period = 300
  # Until the load balancer says that it is healthy.
  wait_for_elb_capacity = 1
  enabled_metrics       = ["GroupInServiceInstances", "GroupDesiredCapacity"]
  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }
  tag {
    key                 = "Name"
    value               = "fastcampus-asg-instance"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                      = "Target Tracking Policy"
  autoscaling_group_name    = aws_autoscaling_group.this.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 300
  target_tracking_configuration {
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
    target_value = 50
  }
}
