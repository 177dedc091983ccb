# The archive of the record: docs/audit.md. What is put here under Object Lock outlives this module's end.

resource "aws_s3_bucket" "record" {
  count               = var.record_bucket == null ? 0 : 1
  bucket              = var.record_bucket
  object_lock_enabled = true
  force_destroy       = false
  tags                = var.tags
}

# Object Lock wants versions.
resource "aws_s3_bucket_versioning" "record" {
  count  = var.record_bucket == null ? 0 : 1
  bucket = one(aws_s3_bucket.record[*].id)
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "record" {
  count  = var.record_bucket == null ? 0 : 1
  bucket = one(aws_s3_bucket.record[*].id)
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "record" {
  count                   = var.record_bucket == null ? 0 : 1
  bucket                  = one(aws_s3_bucket.record[*].id)
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "record" {
  count = var.record_bucket == null ? 0 : 1
  statement {
    sid       = "ArchiveTheRecord"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:PutObjectRetention"]
    resources = [for folder in ["lines", "heads"] : "${one(aws_s3_bucket.record[*].arn)}/${folder}/*"]
  }
}

resource "aws_iam_role_policy" "record" {
  count  = var.record_bucket == null ? 0 : 1
  name   = "record"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.record[0].json
}
