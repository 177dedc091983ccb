import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('swap by weights')
