import { tellWithCuts } from '../support/crash-suite'

tellWithCuts('finish by weights')
