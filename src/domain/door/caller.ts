import type { Machine } from '../catalogue/catalogue'
import { machineId, type Caller, type Person } from '../access/person'
import { defined } from '../defined'

type Claims = Readonly<Record<string, unknown>>

/** A claim as text; undefined where it is no text, number or truth value. */
const textOf = (claims: Claims, name: string): string | undefined => {
  const value = claims[name]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** Whether claims are a machine's: each that it names, exactly. */
const isItsOwn = ({ oidc }: Machine, claims: Claims): boolean =>
  oidc !== undefined &&
  textOf(claims, 'iss') === oidc.issuer &&
  isFor(claims['aud'], oidc.audience) &&
  Object.keys(oidc.claims).length > 0 &&
  Object.entries(oidc.claims).every(([name, wanted]) => textOf(claims, name) === wanted)

/** For us alone: a token that is for others too could be handed on by them. */
const isFor = (audience: unknown, ours: string): boolean =>
  audience === ours || (Array.isArray(audience) && audience.length === 1 && audience[0] === ours)

/** The machine whose claims a token bears; the first in the file where several fit. */
export const machineOf = (machines: Iterable<Machine>, claims: Claims): Machine | undefined =>
  [...machines].find((machine) => isItsOwn(machine, claims))

/** Whoever asks as a machine; `claims` are of a verified token, where one was shown. */
export const machineAsPerson = (machine: Machine, claims?: Claims): Person => {
  const actor =
    claims && ['actor', 'user_login'].map((name) => textOf(claims, name)).find((name) => name !== undefined)
  const behind = (actor !== undefined && ownValue(machine.actors, actor)) || machine.owner
  const caller: Caller = defined({ ...(claims && runOf(claims)), behind })
  return { user: machineId(machine.name), team: '', ...(Object.keys(caller).length > 0 && { caller }) }
}

const ownValue = (names: Readonly<Record<string, string>> = {}, name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined

/** A pipeline's run, as the tokens of GitHub, GitLab and Buildkite tell of it. */
const runOf = (claims: Claims): Pick<Caller, 'title' | 'url'> => {
  const claim = (name: string) => textOf(claims, name)
  const issuer = claim('iss') ?? ''
  const [repository, run] = [claim('repository'), claim('run_id')]
  if (repository !== undefined && run !== undefined) {
    // GitHub Enterprise Server: https://HOST/_services/token (GitHub docs, "OpenID Connect on Enterprise Server").
    const host = issuer.endsWith('/_services/token')
      ? issuer.slice(0, -'/_services/token'.length)
      : 'https://github.com'
    return {
      title: `GitHub Actions, ${repository}${at(claim('ref'))}, run ${run}`,
      ...link(host, `${repository}/actions/runs/${run}`),
    }
  }
  const [project, pipeline] = [claim('project_path'), claim('pipeline_id')]
  if (project !== undefined && pipeline !== undefined) {
    return {
      title: `GitLab CI, ${project}${at(claim('ref'))}, pipeline ${pipeline}`,
      ...link(issuer, `${project}/-/pipelines/${pipeline}`),
    }
  }
  const [organization, slug, build] = [
    claim('organization_slug'),
    claim('pipeline_slug'),
    claim('build_number'),
  ]
  if (organization !== undefined && slug !== undefined && build !== undefined) {
    return {
      title: `Buildkite, ${organization}/${slug}${at(claim('build_branch'))}, build ${build}`,
      ...link('https://buildkite.com', `${organization}/${slug}/builds/${build}`),
    }
  }
  return {}
}

const at = (ref: string | undefined): string =>
  ref === undefined ? '' : `@${ref.replace(/^refs\/(?:heads|tags)\//, '')}`

/** The host is the issuer's, which the catalogue names; the rest comes from outside and is spelled for an address. */
const link = (host: string, path: string): Pick<Caller, 'url'> => {
  const url = `${host}/${path.split('/').map(encodeURIComponent).join('/')}`
  return URL.canParse(url) ? { url } : {}
}
