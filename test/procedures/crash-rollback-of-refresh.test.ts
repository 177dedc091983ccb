import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('rollback of a refresh')
