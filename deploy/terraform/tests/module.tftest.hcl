mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "ap-northeast-2" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/rollcall" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:ap-northeast-2:123456789012:rollcall-events" }
  }
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:ap-northeast-2:123456789012:rule/rollcall-events" }
  }
  mock_resource "aws_memorydb_cluster" {
    defaults = { cluster_endpoint = [{ address = "store.example.com", port = 6379 }] }
  }
}

variables {
  image            = "ghcr.io/acme/rollcall@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  vpc_id           = "vpc-0a1b2c3d4e5f60001"
  subnet_ids       = ["subnet-0a1b2c3d4e5f600a2", "subnet-0a1b2c3d4e5f600c2"]
  catalogue        = "services: {}"
  slack_secret_arn = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:slack"
  worker_policies  = { worker = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
}

run "two_of_each_with_a_store_of_its_own" {
  command = apply

  assert {
    condition     = aws_ecs_service.role["gateway"].desired_count == 2 && aws_ecs_service.role["worker"].desired_count == 2
    error_message = "two gateways and two workers"
  }
  assert {
    condition     = alltrue([for service in aws_ecs_service.role : !service.network_configuration[0].assign_public_ip && service.deployment_circuit_breaker[0].rollback])
    error_message = "no public address, and a bad revision goes back"
  }
  assert {
    condition     = length(aws_memorydb_cluster.store) == 1 && aws_memorydb_cluster.store[0].tls_enabled
    error_message = "a store with TLS"
  }
  assert {
    condition     = !strcontains(aws_ecs_task_definition.role["gateway"].container_definitions, "API_PORT") && length(aws_vpc_security_group_ingress_rule.door) == 0
    error_message = "no door unless it is asked for"
  }
  assert {
    condition     = length(aws_s3_bucket.record) == 0 && !strcontains(aws_ecs_task_definition.role["worker"].container_definitions, "RECORD_BUCKET")
    error_message = "no archive unless it is asked for"
  }
  assert {
    condition     = length(aws_sqs_queue.events) == 0
    error_message = "no queue unless it is asked for"
  }
  # The secrets of Slack are the gateway's alone, and both wait for the catalogue.
  assert {
    condition     = strcontains(aws_ecs_task_definition.role["gateway"].container_definitions, "SLACK_BOT_TOKEN") && !strcontains(aws_ecs_task_definition.role["worker"].container_definitions, "SLACK_")
    error_message = "Slack's secrets are the gateway's alone"
  }
  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.role : alltrue([for one in jsondecode(task.container_definitions) : one.readonlyRootFilesystem])])
    error_message = "files that cannot be changed"
  }
  assert {
    condition     = alltrue([for task in aws_ecs_task_definition.role : jsondecode(task.container_definitions)[1].user == "65532"])
    error_message = "not as root"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.role["worker"].container_definitions)[1].environment : one.name => one.value }["REDIS_CLUSTER"] == "on"
    error_message = "MemoryDB is a cluster"
  }
}

run "a_redis_from_elsewhere_and_a_queue" {
  command = apply
  variables {
    redis_secret_arn        = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:redis"
    redis_security_group_id = "sg-0a1b2c3d4e5f60001"
    events_queue            = true
    record_bucket           = "acme-rollcall-record"
    record_days             = 730
    door = {
      target_group_arn  = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/door/0123456789abcdef"
      security_group_id = "sg-0a1b2c3d4e5f600d0"
    }
    roles_to_assume    = ["arn:aws:iam::210987654321:role/rollcall"]
    worker_environment = { OTEL_SERVICE_NAME = "rollcall-prod" }
    worker_secrets     = { PAGERDUTY_ROUTING_KEY = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:pager" }
  }
  assert {
    condition     = strcontains(aws_ecs_task_definition.role["worker"].container_definitions, "secret:pager") && !strcontains(aws_ecs_task_definition.role["gateway"].container_definitions, "secret:pager")
    error_message = "the worker's own variables are the worker's alone"
  }
  assert {
    condition     = length(aws_memorydb_cluster.store) == 0 && strcontains(aws_ecs_task_definition.role["worker"].container_definitions, "secret:redis")
    error_message = "no store is made, and the URL comes from the secret"
  }
  assert {
    condition     = aws_sqs_queue.events[0].message_retention_seconds == 300 && length(aws_iam_role_policy.events) == 1
    error_message = "a queue with its rights"
  }
  assert {
    condition     = aws_s3_bucket.record[0].object_lock_enabled && aws_s3_bucket_versioning.record[0].versioning_configuration[0].status == "Enabled" && length(aws_iam_role_policy.record) == 1
    error_message = "a bucket with Object Lock, and the right to it"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.role["worker"].container_definitions)[1].environment : one.name => one.value }["RECORD_DAYS"] == "730" && !strcontains(aws_ecs_task_definition.role["gateway"].container_definitions, "RECORD_BUCKET")
    error_message = "the worker archives, and it alone"
  }
  assert {
    condition     = length(aws_iam_role_policy.assume) == 1
    error_message = "the right to the roles that are named"
  }
  assert {
    condition     = one(aws_ecs_service.role["gateway"].load_balancer).container_port == 3001 && length(aws_ecs_service.role["worker"].load_balancer) == 0
    error_message = "the load balancer of the door leads to the gateways"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.role["gateway"].container_definitions)[1].environment : one.name => one.value }["API_PORT"] == "3001" && jsondecode(aws_ecs_task_definition.role["gateway"].container_definitions)[1].portMappings[0].containerPort == 3001
    error_message = "the gateway opens the door where the load balancer knocks"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.door[0].referenced_security_group_id == "sg-0a1b2c3d4e5f600d0" && aws_vpc_security_group_ingress_rule.door[0].from_port == 3001
    error_message = "and only the load balancer gets there"
  }
}

run "mistakes_are_refused" {
  command = plan
  variables {
    image           = "rollcall:latest"
    subnet_ids      = ["subnet-1"]
    gateways        = 5
    roles_to_assume = ["arn:aws:iam::*:role/rollcall"]
    worker_policies = {}
    door            = { target_group_arn = "door", security_group_id = "sg-1" }
  }
  expect_failures = [var.image, var.subnet_ids, var.gateways, var.roles_to_assume, var.worker_policies, var.door]
}
