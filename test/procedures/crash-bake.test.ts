import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('bake')
