import { SandboxFailure } from './failure'

/** Listens on a port; a taken one is told in words, with the variable that changes it. */
export async function onPort<T>(
  variable: string,
  port: number,
  listen: (port: number) => Promise<T>,
): Promise<T> {
  try {
    return await listen(port)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used'
    throw new SandboxFailure(
      `Port ${port} ${why}. Choose another one, or 0 for any that is free:\n\n    ${variable}=0 npm run sandbox`,
    )
  }
}
