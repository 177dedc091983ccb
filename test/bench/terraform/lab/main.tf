# S2's fleet, as Rollcall's blueprint of `lab` has it.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

# Region, keys and endpoint come from the environment (AWS_REGION, AWS_ENDPOINT_URL …).
provider "aws" {}

data "aws_vpc" "this" {
  tags = { Name = "VPC-Lab" }
}

data "aws_subnets" "public" {
  filter {
    name   = "tag:Name"
    values = ["Public subnet A", "Public subnet C"]
  }
}

data "aws_subnets" "private" {
  filter {
    name   = "tag:Name"
    values = ["Private subnet A", "Private subnet C"]
  }
}

data "aws_ami" "web" {
  owners = ["self"]
  filter {
    name   = "name"
    values = ["Web Server v1"]
  }
}

resource "aws_security_group" "balancer" {
  name        = "Lab-ALB-SG"
  description = "Lab-ALB-SG"
  vpc_id      = data.aws_vpc.this.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "instances" {
  name        = "Lab-Inst-SG"
  description = "HTTP Allow"
  vpc_id      = data.aws_vpc.this.id
  ingress {
    from_port       = 80
    to_port         = 80
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
  }
}

resource "aws_lb" "this" {
  name               = "Lab-ALB"
  load_balancer_type = "application"
  security_groups    = [aws_security_group.balancer.id]
  subnets            = data.aws_subnets.public.ids
}

resource "aws_lb_target_group" "this" {
  name     = "Lab-TG"
  port     = 80
  protocol = "HTTP"
  vpc_id   = data.aws_vpc.this.id
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
  name                   = "Lab"
  description            = "Immersion Day Web Instances Template - Web only"
  image_id               = data.aws_ami.web.id
  instance_type          = "t2.micro"
  vpc_security_group_ids = [aws_security_group.instances.id]
  metadata_options { http_tokens = "required" }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "Web Instance" }
  }
  tag_specifications {
    resource_type = "volume"
    tags          = { Name = "Web Instance" }
  }
}

resource "aws_autoscaling_group" "this" {
  name                      = "Lab-ASG"
  min_size                  = 2
  desired_capacity          = 2
  max_size                  = 4
  vpc_zone_identifier       = data.aws_subnets.private.ids
  target_group_arns         = [aws_lb_target_group.this.arn]
  health_check_type         = "ELB"
  health_check_grace_period = 300
  # Until the load balancer says that both are healthy.
  wait_for_elb_capacity = 2
  enabled_metrics       = ["GroupInServiceInstances", "GroupDesiredCapacity"]
  launch_template {
    id      = aws_launch_template.this.id
    version = "$Default"
  }
  tag {
    key                 = "Name"
    value               = "Lab-ASG-Instance"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "cpu" {
  name                   = "Target Tracking Policy"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
    target_value = 30
  }
}
