import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('schedule')
tellWithCuts('schedule soon')
