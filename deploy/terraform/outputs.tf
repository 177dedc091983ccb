output "worker_role_arn" {
  description = "For the trust of the roles in other accounts."
  value       = aws_iam_role.worker.arn
}

output "security_group_id" {
  description = "The tasks' security group."
  value       = aws_security_group.tasks.id
}

output "log_group" {
  description = "Where both roles log."
  value       = aws_cloudwatch_log_group.this.name
}

output "events_queue_url" {
  description = "For `regions` in the catalogue; null without a queue."
  value       = one(aws_sqs_queue.events[*].id)
}
