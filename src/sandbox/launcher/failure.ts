/** Why the sandbox cannot start, in words for the person who started it. */
export class SandboxFailure extends Error {}
