import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('rollback by weights')
