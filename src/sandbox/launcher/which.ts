import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inheritedEnvironment } from '../config'

/** The full path of the first of these programs that the machine has. */
export function which(...names: string[]): string | undefined {
  // Servers often lie where only root's path leads.
  const path = `${inheritedEnvironment()['PATH'] ?? ''}${delimiter}/usr/sbin${delimiter}/usr/local/sbin`
  for (const name of names) {
    for (const directory of path.split(delimiter).filter((one) => one !== '')) {
      const file = join(directory, name)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        continue
      }
    }
  }
  return undefined
}
