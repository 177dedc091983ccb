import { thisProcess } from '../cli/this-process'
import { runAction } from './run'

process.exitCode = await runAction(thisProcess)
