import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { createMetrics } from '../../../src/adapters/http/metrics'
import { serveHttp } from '../../../src/adapters/http/server'
import { readCatalogue } from '../../../src/config/catalogue'
import { readEnvironment, variableNames } from '../../../src/config/environment'
import { found, read, root } from '../../support/pages'

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
  readonly spec?: Spec
}
interface Spec {
  readonly selector: { readonly matchLabels?: object }
  readonly template: { readonly metadata: { readonly labels: object }; readonly spec: Pod }
}
interface Pod {
  readonly serviceAccountName?: string
  readonly terminationGracePeriodSeconds: number
  readonly securityContext: object
  readonly containers: readonly [Container]
  readonly volumes: readonly { readonly configMap: { readonly name: string } }[]
}
interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[]
  readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly securityContext: object
  readonly volumeMounts: readonly { readonly mountPath: string }[]
  readonly startupProbe: Probe
  readonly livenessProbe: Probe
  readonly readinessProbe: Probe
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string }
}

const documents = parseAllDocuments(read('deploy/kubernetes/rollcall.yaml'))
const manifests = documents.map((document) => document.toJS() as Manifest)
const named = (kind: string, name: string) =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name)

/** The real server answers these paths, so that a probe at another one would never succeed. */
const answers = async (paths: readonly string[]): Promise<readonly number[]> => {
  const server = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    own: { metrics: createMetrics().registry, ready: async () => ({ ok: true, facts: {} }) },
    take: () => false,
  })
  try {
    const replies = paths.map((path) => fetch(`http://127.0.0.1:${server.port}${path}`))
    return (await Promise.all(replies)).map(({ status }) => status)
  } finally {
    await server.close()
  }
}

test('where health and metrics have a port of their own, the other one tells nothing of them', async () => {
  const own = { metrics: createMetrics().registry, ready: async () => ({ ok: true, facts: {} }) }
  const base = { port: 0, host: '127.0.0.1', take: () => false }
  const [inside, outside] = [await serveHttp({ ...base, own }), await serveHttp(base)]
  const statuses = (port: number) =>
    Promise.all(
      ['/healthz', '/readyz', '/metrics'].map(
        async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status,
      ),
    )
  expect(await statuses(inside.port)).toEqual([200, 200, 200])
  expect(await statuses(outside.port)).toEqual([404, 404, 404])
  await Promise.all([inside.close(), outside.close()])
})

describe('the manifests for Kubernetes', () => {
  test('are YAML, in one namespace', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    const elsewhere = manifests.filter(({ metadata }) => metadata.namespace !== 'rollcall')
    expect(elsewhere.map(({ kind }) => kind)).toEqual(['Namespace'])
  })

  test('hold a catalogue that is sound', () => {
    const catalogue = named('ConfigMap', 'rollcall-catalogue')?.data?.['rollcall.yaml'] ?? ''
    expect(readCatalogue(catalogue, 'rollcall.yaml')).toMatchObject({ ok: true })
  })

  test('lead pipelines to the door that the gateways open, and to nothing of the worker', () => {
    const door = named('Service', 'rollcall-door') as unknown as {
      readonly spec: { readonly selector: object; readonly ports: readonly [{ readonly targetPort: string }] }
    }
    const gateway = named('Deployment', 'rollcall-gateway')?.spec?.template
    expect(door.spec.selector).toEqual(gateway?.metadata.labels)
    const [port] =
      gateway?.spec.containers[0].ports.filter(({ name }) => name === door.spec.ports[0].targetPort) ?? []
    const given = gateway?.spec.containers[0].env.find(({ name }) => name === 'API_PORT')?.value
    expect(port?.containerPort).toBe(Number(given))
    expect(named('Deployment', 'rollcall-worker')?.spec?.template.spec.containers[0].env).not.toContainEqual(
      expect.objectContaining({ name: 'API_PORT' }),
    )
  })

  describe.each(['gateway', 'worker'])('the %s', (role) => {
    const spec = named('Deployment', `rollcall-${role}`)?.spec
    const pod = spec?.template.spec
    const container = pod?.containers[0]

    const environment = Object.fromEntries([
      ...(container?.env.map(({ name, value }) => [name, value]) ?? []),
      ...(container?.envFrom ?? []).flatMap(({ secretRef }) =>
        Object.entries(named('Secret', secretRef.name)?.stringData ?? { missing: secretRef.name }),
      ),
    ]) as Record<string, string>

    test('starts with the variables that it is given, all of which are read', () => {
      expect(Object.keys(environment).filter((name) => !variableNames.includes(name))).toEqual([])
      expect(readEnvironment(environment)).toMatchObject({ ok: true, value: { role } })
    })

    test('has no secret of the other role', () => {
      expect(Object.keys(environment).some((name) => name.startsWith('SLACK_'))).toBe(role === 'gateway')
      expect(pod?.serviceAccountName).toBe(role === 'worker' ? 'rollcall-worker' : undefined)
    })

    test('finds the catalogue where it is mounted, and serves its port', () => {
      const [volume] = pod?.volumes ?? []
      const [mount] = container?.volumeMounts ?? []
      expect(named('ConfigMap', volume?.configMap.name ?? '')?.data).toHaveProperty(['rollcall.yaml'])
      expect(environment['ROLLCALL_CONFIG']).toBe(`${mount?.mountPath}/rollcall.yaml`)
      const door = { name: 'door', containerPort: Number(environment['API_PORT']) }
      expect(container?.ports).toEqual([
        { name: 'http', containerPort: Number(environment['PORT']) },
        ...(role === 'gateway' ? [door] : []),
      ])
    })

    test('is probed at paths that answer, and lives through an outage of others', async () => {
      const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]
      const paths = probes.map((probe) => probe?.httpGet.path ?? '')
      expect(await answers(paths)).toEqual([200, 200, 200])
      expect(paths).toEqual(['/healthz', '/healthz', '/readyz'])
    })

    test('runs with no rights, on files it cannot change, and is given time to stop', () => {
      expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true })
      expect(container?.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(10)
    })

    test('is what its disruption budget speaks of', () => {
      const labels = spec?.template.metadata.labels
      expect(spec?.selector.matchLabels).toEqual(labels)
      expect(named('PodDisruptionBudget', `rollcall-${role}`)?.spec?.selector.matchLabels).toEqual(labels)
    })
  })
})

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
}
interface ComposeService {
  readonly environment?: Readonly<Record<string, string>>
  readonly env_file?: string
  readonly ports?: readonly string[]
  readonly volumes: readonly string[]
  readonly read_only?: boolean
}

describe('the Compose file', () => {
  const { services } = parse(read('deploy/compose.yaml'), { merge: true }) as Compose
  const redis = services['redis']

  test('publishes nothing beyond the machine, and of Redis nothing at all', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? [])
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect(redis?.ports).toBeUndefined()
  })

  test.each(['gateway', 'worker'])('gives the %s its own secrets and variables that are read', (role) => {
    const service = services[role]
    expect(service).toMatchObject({ env_file: `${role}.env`, read_only: true })
    const slack = role === 'gateway' ? { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' } : {}
    const given = { ...service?.environment, ...slack }
    expect(Object.keys(given).filter((name) => !variableNames.includes(name))).toEqual([])
    expect(readEnvironment(given)).toMatchObject({ ok: true, value: { role } })
  })

  test('publishes the door that the gateway opens', () => {
    const { environment = {}, ports } = services['gateway'] ?? {}
    expect(ports).toContain(`127.0.0.1:${environment['API_PORT']}:${environment['API_PORT']}`)
    expect(services['worker']?.environment).not.toHaveProperty('API_PORT')
  })

  test('mounts only what is there or what its head says to put there', () => {
    const sources = Object.values(services).flatMap(({ volumes }) => volumes.map((one) => one.split(':')[0]))
    const files = sources.filter((source) => source?.startsWith('./')).map((source) => source?.slice(2) ?? '')
    const head = read('deploy/compose.yaml').split('\nname:')[0] ?? ''
    const missing = files.filter((file) => !existsSync(join(root, 'deploy', file)) && !head.includes(file))
    expect(missing).toEqual([])
  })
})

describe('the image', () => {
  const dockerfile = read('Dockerfile')
  const ignored = read('.dockerignore').split('\n').filter(Boolean)

  test('is built from files that are there and not kept out of it', () => {
    const copied = Array.from(dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm), ([, files = '']) =>
      files.split(' '),
    ).flat()
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([])
    expect(ignored[0]).toBe('**')
    expect(copied.filter((file) => !ignored.includes(`!${file}`))).toEqual([])
  })

  test('carries no sandbox', () => {
    expect(ignored.indexOf('src/sandbox')).toBeGreaterThan(ignored.indexOf('!src'))
    const taken = found(dockerfile, /^COPY --from=build (.+) \S+$/gm)
    expect(taken.join(' ')).not.toMatch(/sandbox|page|src/)
  })

  test('is one bundled file, and the command line, on a base without a shell, each base by its digest', () => {
    const bases = Array.from(dockerfile.matchAll(/^FROM (\S+)/gm), ([, base = '']) => base)
    expect(bases.filter((base) => !/@sha256:[0-9a-f]{64}$/.test(base))).toEqual([])
    expect(bases.at(-1)).toMatch(/^gcr\.io\/distroless\/nodejs24-/)
    const [last = ''] = dockerfile.split(/^FROM /m).slice(-1)
    expect(found(last, /^COPY --from=build (.+) \S+$/gm)).toEqual([
      '/app/dist/rollcall.js',
      '/app/dist/server.mjs /app/dist/server.mjs.map',
    ])
    expect(last).not.toMatch(/^(RUN|ADD|SHELL)/m)
    // Neither secrets nor their names are built in, and all that is run is in exec form.
    expect(dockerfile).not.toMatch(/^(ARG|ENV) \w*(TOKEN|SECRET|PASSWORD|KEY)/m)
    expect(found(dockerfile, /^(?:CMD|ENTRYPOINT|\s+CMD) (.)/gm)).toEqual(['['])
  })

  test('is checked at a path that answers, and does not run as root', async () => {
    const [path = ''] = found(dockerfile, /\)\+'(\/\w+)'/g)
    expect(await answers([path])).toEqual([200])
    // A number, so that Kubernetes can tell that it is not root.
    expect(dockerfile).toMatch(/^USER 65532$/m)
  })
})
