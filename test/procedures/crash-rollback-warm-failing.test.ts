import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('warm rollback that fails')
