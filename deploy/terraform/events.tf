# AWS's events as hints of when to look: docs/events-queue.md.

resource "aws_sqs_queue" "events" {
  count                      = var.events_queue ? 1 : 0
  name                       = "${var.name}-events"
  message_retention_seconds  = 300
  visibility_timeout_seconds = 30
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = true
  tags                       = var.tags
}

resource "aws_cloudwatch_event_rule" "events" {
  count         = var.events_queue ? 1 : 0
  name          = "${var.name}-events"
  description   = "Tells Rollcall when to look"
  event_pattern = file("${path.module}/../events-rule.json")
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "events" {
  count     = var.events_queue ? 1 : 0
  rule      = one(aws_cloudwatch_event_rule.events[*].name)
  target_id = "queue"
  arn       = one(aws_sqs_queue.events[*].arn)
}

data "aws_iam_policy_document" "queue" {
  count = var.events_queue ? 1 : 0
  statement {
    sid       = "OnlyTheRuleSends"
    actions   = ["sqs:SendMessage"]
    resources = aws_sqs_queue.events[*].arn
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = aws_cloudwatch_event_rule.events[*].arn
    }
  }
  statement {
    sid       = "NothingInPlainText"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = aws_sqs_queue.events[*].arn
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "events" {
  count     = var.events_queue ? 1 : 0
  queue_url = one(aws_sqs_queue.events[*].id)
  policy    = one(data.aws_iam_policy_document.queue[*].json)
}

data "aws_iam_policy_document" "events" {
  count = var.events_queue ? 1 : 0
  statement {
    sid       = "ReceiveFromTheEventsQueue"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = aws_sqs_queue.events[*].arn
  }
  statement {
    sid       = "SendTheHeartbeat"
    actions   = ["events:PutEvents"]
    resources = ["arn:${data.aws_partition.here.partition}:events:${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}:event-bus/default"]
    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = ["rollcall"]
    }
  }
}

resource "aws_iam_role_policy" "events" {
  count  = var.events_queue ? 1 : 0
  name   = "events"
  role   = aws_iam_role.worker.id
  policy = one(data.aws_iam_policy_document.events[*].json)
}
