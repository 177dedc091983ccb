data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    # aws: ECS developer guide, "Cross-service confused deputy prevention".
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.here.account_id]
    }
  }
}

# The gateway has no right to anything in AWS.
resource "aws_iam_role" "gateway" {
  name               = "${var.name}-gateway"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
  tags               = var.tags
}

resource "aws_iam_role" "worker" {
  name               = "${var.name}-worker"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "worker" {
  for_each = var.worker_policies
  name     = each.key
  role     = aws_iam_role.worker.id
  policy   = each.value
}

data "aws_iam_policy_document" "assume" {
  count = length(var.roles_to_assume) > 0 ? 1 : 0
  statement {
    sid       = "WorkInOtherAccounts"
    actions   = ["sts:AssumeRole"]
    resources = var.roles_to_assume
  }
}

resource "aws_iam_role_policy" "assume" {
  count  = length(var.roles_to_assume) > 0 ? 1 : 0
  name   = "other-accounts"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.assume[0].json
}

# What ECS itself needs to start a task: its logs, the catalogue, and the secrets of that role and no other.
resource "aws_iam_role" "execution" {
  for_each           = toset(["gateway", "worker"])
  name               = "${var.name}-${each.key}-start"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
  tags               = var.tags
}

data "aws_iam_policy_document" "execution" {
  for_each = toset(["gateway", "worker"])
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }
  statement {
    sid       = "ReadTheCatalogue"
    actions   = ["ssm:GetParameters"]
    resources = [aws_ssm_parameter.catalogue.arn]
  }
  dynamic "statement" {
    for_each = length(concat(local.roles[each.key].secrets, local.store_secret)) > 0 ? [1] : []
    content {
      sid     = "ReadItsSecrets"
      actions = ["secretsmanager:GetSecretValue"]
      resources = concat(
        each.key == "gateway" ? [var.slack_secret_arn] : [
          # Without the key within the secret, where one is named.
          for arn in values(var.worker_secrets) : join(":", slice(split(":", arn), 0, 7))
        ],
        local.makes_store ? [] : [var.redis_secret_arn],
      )
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  for_each = aws_iam_role.execution
  name     = "start"
  role     = each.value.id
  policy   = data.aws_iam_policy_document.execution[each.key].json
}

# For images in this account's ECR; other registries are asked without credentials.
resource "aws_iam_role_policy_attachment" "execution_ecr" {
  for_each   = aws_iam_role.execution
  role       = each.value.name
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"
}
