import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('deploy that grows')
