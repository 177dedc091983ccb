import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('reschedule')
