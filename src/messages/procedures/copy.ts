import { bilingual } from '../locale'
import { en } from './copy.en'
import { ko } from './copy.ko'

export const copy = bilingual({ en, ko })
