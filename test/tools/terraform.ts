import { testWhere } from './program'
import { terraformIsHere } from './terraform-here'

export const terraformTest = testWhere(
  terraformIsHere,
  'no `terraform` with a mirror of its AWS provider on this machine: what is tried by Terraform',
)
