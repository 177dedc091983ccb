# MemoryDB answers a write when its log has it in two zones, which is what Rollcall's promise rests on (docs/operations.md).

resource "aws_security_group" "store" {
  count       = local.makes_store ? 1 : 0
  name        = "${var.name}-store"
  description = "Rollcall: the store"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-store" })
}

resource "aws_vpc_security_group_ingress_rule" "store" {
  count                        = local.makes_store || var.redis_security_group_id != null ? 1 : 0
  security_group_id            = local.makes_store ? one(aws_security_group.store[*].id) : var.redis_security_group_id
  description                  = "From Rollcall and nobody else"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = aws_security_group.tasks.id
  tags                         = var.tags
}

resource "aws_memorydb_subnet_group" "store" {
  count      = local.makes_store ? 1 : 0
  name       = var.name
  subnet_ids = var.subnet_ids
  tags       = var.tags
}

resource "aws_memorydb_cluster" "store" {
  count                    = local.makes_store ? 1 : 0
  name                     = var.name
  description              = "Rollcall's journal"
  engine                   = "valkey"
  engine_version           = "7.3"
  node_type                = var.store.node_type
  num_shards               = 1
  num_replicas_per_shard   = var.store.replicas
  parameter_group_name     = "default.memorydb-valkey7"
  acl_name                 = "open-access"
  tls_enabled              = true
  security_group_ids       = aws_security_group.store[*].id
  subnet_group_name        = one(aws_memorydb_subnet_group.store[*].name)
  snapshot_retention_limit = 7
  tags                     = var.tags
}
