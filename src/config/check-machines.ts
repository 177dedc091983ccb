import type { Fault } from './fault'
import type { Path } from './places'
import type { Written } from './schema'

type WrittenMachine = Written['machines'][string]

/**
 * Claims that say from where in a project a token comes. A rule without one lets every branch and every pull request in:
 * their tokens are as genuine (GitHub: "OpenID Connect reference", GitLab: "ID tokens", Buildkite: "OIDC", CircleCI:
 * "OpenID Connect tokens").
 */
const placeClaims = [
  'ref',
  'environment',
  'branch',
  'tag',
  'build_branch',
  'build_tag',
  'oidc.circleci.com/vcs-ref',
]

/** Claims that name the project; a public issuer signs for everybody's. */
const projectClaims = [
  'repository',
  'repository_id',
  'project_path',
  'project_id',
  'pipeline_id',
  'pipeline_slug',
  'oidc.circleci.com/project-id',
]

/** What is wrong with the machines of a file whose form is sound. */
export const checkMachines = (machines: Written['machines']): readonly Fault[] => {
  const owners = new Map<string, string>()
  return Object.entries(machines).flatMap(([name, machine]) => {
    const path = ['machines', name] as const
    const faults: Fault[] = []
    if (!machine.oidc && !machine.token) {
      faults.push({ path, wrong: 'nothing says how it proves who it is', allowed: 'oidc, token' })
    }
    if (machine.oidc) faults.push(...checkClaims([...path, 'oidc', 'claims'], machine.oidc))
    faults.push(...checkTokens([...path, 'token'], name, machine, owners))
    return faults
  })
}

const checkClaims = (path: Path, { claims }: NonNullable<WrittenMachine['oidc']>): readonly Fault[] => {
  const names = Object.keys(claims)
  if (names.includes('sub')) {
    const wrong = '"sub" is never compared: what stands in it changes with the settings of the project'
    return [
      {
        path: [...path, 'sub'],
        ofKey: true,
        wrong,
        allowed: 'single claims, like repository_id and environment',
      },
    ]
  }
  if (!names.some((name) => placeClaims.includes(name))) {
    const wrong = 'no branch, tag or environment is named: every branch and pull request could ask'
    return [{ path, wrong, allowed: `one of ${placeClaims.join(', ')}` }]
  }
  if (!names.some((name) => projectClaims.includes(name))) {
    const wrong = "no project is named: everybody's could ask"
    return [{ path, wrong, allowed: `one of ${projectClaims.join(', ')}` }]
  }
  return []
}

/** Two tokens at most: the one that is used, and the one that takes its place. */
const checkTokens = (
  path: Path,
  name: string,
  { token = [] }: WrittenMachine,
  owners: Map<string, string>,
): readonly Fault[] => {
  const faults: Fault[] = []
  if (token.length > 2) {
    const wrong = `${token.length} tokens are given`
    faults.push({ path, wrong, allowed: 'one, or two while the second takes the place of the first' })
  }
  for (const { sha256 } of token) {
    const owner = owners.get(sha256)
    if (owner !== undefined) {
      faults.push({ path, wrong: `this is a token of "${owner}" already`, allowed: 'a token of its own' })
    }
    owners.set(sha256, name)
  }
  return faults
}
