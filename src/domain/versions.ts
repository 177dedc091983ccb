/** The image's name for a version: `Web Server {version}` and `v2` give `Web Server v2`. */
export const imageName = (pattern: string, version: string): string => pattern.replace('{version}', version)

/** The version in an image's name, where the name fits the pattern. */
export const versionIn = (pattern: string, name: string): string | undefined => {
  const [head = '', tail = ''] = pattern.split('{version}')
  const fits = name.length > head.length + tail.length && name.startsWith(head) && name.endsWith(tail)
  return fits ? name.slice(head.length, name.length - tail.length) : undefined
}
