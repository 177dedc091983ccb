variable "name" {
  description = "Begins the names of all that is made."
  type        = string
  default     = "rollcall"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,23}$", var.name))
    error_message = "name: 2 to 24 small letters, digits and hyphens, a letter first."
  }
}

variable "image" {
  description = "Rollcall's image, by digest: ghcr.io/you/rollcall@sha256:…"
  type        = string
  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image: name it by its digest (…@sha256:…), so that what was checked is what runs."
  }
}

variable "vpc_id" {
  description = "The VPC that the tasks live in."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets with a way out to Slack and AWS, two zones or more."
  type        = list(string)
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: two or more, in different zones."
  }
}

variable "catalogue" {
  description = "The text of rollcall.yaml: file(\"rollcall.yaml\")."
  type        = string
  validation {
    condition     = length(var.catalogue) > 0 && length(var.catalogue) <= 8192
    error_message = "catalogue: 1 to 8192 characters, which is what a parameter of Systems Manager holds."
  }
}

variable "slack_secret_arn" {
  description = "A secret of Secrets Manager: JSON with SLACK_BOT_TOKEN and SLACK_APP_TOKEN. The gateway alone reads it."
  type        = string
  validation {
    condition     = can(regex("^arn:[^:]+:secretsmanager:", var.slack_secret_arn))
    error_message = "slack_secret_arn: the ARN of a secret in Secrets Manager."
  }
}

variable "redis_secret_arn" {
  description = "A secret of Secrets Manager that is a Redis URL. Null makes a MemoryDB cluster (store)."
  type        = string
  default     = null
}

variable "redis_security_group_id" {
  description = "The security group of the Redis of redis_secret_arn: the tasks are let into it."
  type        = string
  default     = null
}

variable "store" {
  description = "The MemoryDB cluster that is made where redis_secret_arn is null. It keeps every write in two zones."
  type        = object({ node_type = optional(string, "db.t4g.small"), replicas = optional(number, 1) })
  default     = {}
  validation {
    condition     = var.store.replicas >= 1 && var.store.replicas <= 5
    error_message = "store.replicas: 1 to 5; without a replica a failed node is an outage."
  }
}

variable "worker_policies" {
  description = "Policy documents of the worker's role by name, as `npm run policy` prints them."
  type        = map(string)
  validation {
    condition     = length(var.worker_policies) > 0 && alltrue([for text in values(var.worker_policies) : can(jsondecode(text).Statement)])
    error_message = "worker_policies: one or more IAM policy documents in JSON, by name."
  }
}

variable "roles_to_assume" {
  description = "ARNs of the roles in other accounts that services of the catalogue name."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for arn in var.roles_to_assume : can(regex("^arn:[^:]+:iam::[0-9]{12}:role/[^*]+$", arn))])
    error_message = "roles_to_assume: whole ARNs of roles, without wildcards."
  }
}

variable "events_queue" {
  description = "Whether AWS's events are queued, so that Rollcall looks sooner (docs/events-queue.md). The catalogue names the queue."
  type        = bool
  default     = false
}

variable "door" {
  description = "A target group (type ip, HTTP, port 3001, health at /v1/openapi.json) behind a load balancer with TLS, and that one's security group: the door for pipelines. Null opens none."
  type        = object({ target_group_arn = string, security_group_id = string })
  default     = null
  validation {
    condition     = var.door == null || can(regex("^arn:[^:]+:elasticloadbalancing:.*:targetgroup/", var.door.target_group_arn))
    error_message = "door.target_group_arn: the ARN of a target group."
  }
}

variable "record_bucket" {
  description = "The name of a bucket to make for the archive of the record, under Object Lock (docs/audit.md). Null makes none."
  type        = string
  default     = null
  validation {
    condition     = var.record_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.record_bucket))
    error_message = "record_bucket: the name of a bucket, 3 to 63 small letters, digits, dots and hyphens."
  }
}

variable "record_days" {
  description = "For so many days nobody can alter or delete what is archived."
  type        = number
  default     = 365
  validation {
    condition     = var.record_days >= 1 && var.record_days <= 36500
    error_message = "record_days: 1 to 36500."
  }
}

variable "gateways" {
  description = "How many gateways. Slack takes ten Socket Mode connections of an app, and each gateway has two."
  type        = number
  default     = 2
  validation {
    condition     = var.gateways >= 1 && var.gateways <= 4
    error_message = "gateways: 1 to 4."
  }
}

variable "workers" {
  description = "How many workers."
  type        = number
  default     = 2
  validation {
    condition     = var.workers >= 1
    error_message = "workers: one or more."
  }
}

variable "worker_environment" {
  description = "Further variables of the worker, such as EVENTBRIDGE_BUS (docs/telemetry.md)."
  type        = map(string)
  default     = {}
}

variable "worker_secrets" {
  description = "Further secret variables of the worker by name, such as PAGERDUTY_ROUTING_KEY: ARNs of Secrets Manager."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for arn in values(var.worker_secrets) : can(regex("^arn:[^:]+:secretsmanager:", arn))])
    error_message = "worker_secrets: ARNs of secrets in Secrets Manager, by the variables' names."
  }
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
}

variable "tags" {
  description = "Tags on all that is made."
  type        = map(string)
  default     = {}
}
