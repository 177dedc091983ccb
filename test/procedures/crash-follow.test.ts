import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('follow')
tellWithCuts('audit')
