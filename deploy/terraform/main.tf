# Rollcall on ECS Fargate: gateways that speak with Slack, workers that speak with AWS, and the store between them.
# docs/terraform.md says how it is used.

data "aws_region" "here" {}
data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}

locals {
  makes_store = var.redis_secret_arn == null
  door_port   = 3001
  # Everything below this comes to both roles alike.
  shared = [
    { name = "ROLLCALL_CONFIG", value = "/etc/rollcall/rollcall.yaml" },
    { name = "PORT", value = "3000" },
    { name = "AWS_REGION", value = data.aws_region.here.name },
  ]
  store = local.makes_store ? [
    { name = "REDIS_URL", value = "rediss://${one(aws_memorydb_cluster.store[*].cluster_endpoint[0].address)}:6379" },
    { name = "REDIS_CLUSTER", value = "on" },
  ] : []
  store_secret = local.makes_store ? [] : [{ name = "REDIS_URL", valueFrom = var.redis_secret_arn }]
  roles = {
    gateway = {
      count       = var.gateways
      role        = aws_iam_role.gateway.arn
      environment = var.door == null ? [] : [{ name = "API_PORT", value = tostring(local.door_port) }]
      ports       = var.door == null ? [] : [{ containerPort = local.door_port, protocol = "tcp" }]
      secrets = [
        for name in ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"] : { name = name, valueFrom = "${var.slack_secret_arn}:${name}::" }
      ]
    }
    worker = {
      count = var.workers
      role  = aws_iam_role.worker.arn
      environment = concat(
        [for name, value in var.worker_environment : { name = name, value = value }],
        var.record_bucket == null ? [] : [
          { name = "RECORD_BUCKET", value = var.record_bucket },
          { name = "RECORD_DAYS", value = tostring(var.record_days) },
        ],
      )
      ports   = []
      secrets = [for name, arn in var.worker_secrets : { name = name, valueFrom = arn }]
    }
  }
  logs = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"         = aws_cloudwatch_log_group.this.name
      "awslogs-region"        = data.aws_region.here.name
      "awslogs-stream-prefix" = var.name
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}"
  retention_in_days = var.log_days
  tags              = var.tags
}

resource "aws_ssm_parameter" "catalogue" {
  name  = "/${var.name}/catalogue"
  type  = "String"
  tier  = length(var.catalogue) > 4096 ? "Advanced" : "Standard"
  value = var.catalogue
  tags  = var.tags
}

resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

# Nobody calls a task but, where there is a door for pipelines, its load balancer: Socket Mode goes out, and health is
# asked inside the container.
resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Rollcall: gateways and workers"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-tasks" })
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.tasks.id
  description       = "Slack and AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "store" {
  count                        = local.makes_store || var.redis_security_group_id != null ? 1 : 0
  security_group_id            = aws_security_group.tasks.id
  description                  = "The store"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = local.makes_store ? one(aws_security_group.store[*].id) : var.redis_security_group_id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "door" {
  count                        = var.door == null ? 0 : 1
  security_group_id            = aws_security_group.tasks.id
  description                  = "The door for pipelines, from its load balancer"
  ip_protocol                  = "tcp"
  from_port                    = local.door_port
  to_port                      = local.door_port
  referenced_security_group_id = var.door.security_group_id
  tags                         = var.tags
}

resource "aws_ecs_task_definition" "role" {
  for_each                 = local.roles
  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution[each.key].arn
  task_role_arn            = each.value.role
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "ARM64"
  }

  volume { name = "catalogue" }

  container_definitions = jsonencode([
    {
      # Puts the catalogue where the program reads it; another catalogue is another revision, so the services roll.
      name        = "catalogue"
      image       = var.image
      essential   = false
      user        = "0"
      command     = ["-e", "require('node:fs').writeFileSync('/etc/rollcall/rollcall.yaml', process.env.CATALOGUE)"]
      environment = [{ name = "CATALOGUE_SHA256", value = sha256(var.catalogue) }]
      secrets     = [{ name = "CATALOGUE", valueFrom = aws_ssm_parameter.catalogue.arn }]
      mountPoints = [{ sourceVolume = "catalogue", containerPath = "/etc/rollcall", readOnly = false }]

      readonlyRootFilesystem = true
      logConfiguration       = local.logs
    },
    {
      name        = "rollcall"
      image       = var.image
      essential   = true
      user        = "65532"
      dependsOn   = [{ containerName = "catalogue", condition = "SUCCESS" }]
      environment = concat([{ name = "ROLE", value = each.key }], local.shared, local.store, each.value.environment)
      secrets     = concat(each.value.secrets, local.store_secret)
      mountPoints = [{ sourceVolume = "catalogue", containerPath = "/etc/rollcall", readOnly = true }]

      portMappings = each.value.ports
      # It stops within ten seconds; what runs is in the store and goes on elsewhere.
      stopTimeout            = 30
      readonlyRootFilesystem = true
      linuxParameters        = { capabilities = { drop = ["ALL"] }, initProcessEnabled = false }
      logConfiguration       = local.logs
      # That the process lives. It does not look at Redis, Slack or AWS, so that their outages restart nothing.
      healthCheck = {
        command     = ["CMD", "/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
        interval    = 15
        timeout     = 5
        retries     = 3
        startPeriod = 60
      }
    },
  ])
}

resource "aws_ecs_service" "role" {
  for_each               = local.roles
  name                   = each.key
  cluster                = aws_ecs_cluster.this.id
  task_definition        = aws_ecs_task_definition.role[each.key].arn
  desired_count          = each.value.count
  launch_type            = "FARGATE"
  enable_execute_command = false
  propagate_tags         = "SERVICE"
  tags                   = var.tags

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Pipelines reach the gateways by way of this load balancer.
  health_check_grace_period_seconds = each.key == "gateway" && var.door != null ? 60 : null
  dynamic "load_balancer" {
    for_each = each.key == "gateway" && var.door != null ? [var.door] : []
    content {
      target_group_arn = load_balancer.value.target_group_arn
      container_name   = "rollcall"
      container_port   = local.door_port
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }
}
