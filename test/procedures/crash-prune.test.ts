import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('prune')
