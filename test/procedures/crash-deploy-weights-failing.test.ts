import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('deploy by weights that fails')
