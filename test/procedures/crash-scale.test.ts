import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('scale')
tellWithCuts('scale before an event')
