import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('deploy by colors that fails')
