import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { readCatalogue } from '../../../src/config/catalogue'
import { found, read, root } from '../../support/pages'

const folder = '.github/workflows'
const workflows = readdirSync(join(root, folder)).map((name) => [name, read(`${folder}/${name}`)] as const)

describe.each(workflows)('the workflow %s', (_name, text) => {
  test('pins every action by the whole hash of its commit, and says which version that is', () => {
    const used = found(text, /uses: (.+)$/gm)
    const others = used.filter((one) => !one.startsWith('./'))
    expect(others.filter((one) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one))).toEqual([])
  })

  test('may do nothing that a job does not ask for, and leaves no credentials behind', () => {
    const { permissions } = parse(text) as { readonly permissions: object }
    expect(permissions).toEqual({})
    const checkouts = found(text, /uses: (actions\/checkout@.*\n +with:\n +persist-credentials: false)/g)
    expect(checkouts).toHaveLength(found(text, /uses: (actions\/checkout@.*)/g).length)
  })

  test('gives no words of others to a shell', () => {
    // What is in `run` is a program's text: values come by the environment.
    const scripts = found(text, /run: (?:\|\n)?((?:.+\n?)(?: {10,}.+\n?)*)/g)
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })
})

test('CI runs what people run', () => {
  expect(read(`${folder}/ci.yml`)).toMatch(/^ +- run: \.ci\/run$/m)
})

test('a release is tested first, built from where it says, and signed', () => {
  const { jobs } = parse(read(`${folder}/release.yml`)) as {
    readonly jobs: Readonly<
      Record<string, { readonly needs?: string; readonly steps?: readonly { readonly uses?: string }[] }>
    >
  }
  expect(jobs['image']?.needs).toBe('test')
  const steps = (jobs['image']?.steps ?? []).map(({ uses = '' }) => uses.split('@')[0])
  const built = steps.indexOf('docker/build-push-action')
  expect(steps.indexOf('actions/attest-build-provenance')).toBeGreaterThan(built)
  expect(read(`${folder}/release.yml`)).toContain('cosign sign --yes "$IMAGE@$DIGEST"')
})

test('the bill of materials names what the program is made of, and nothing of its development', () => {
  const said = execFileSync('npm', ['run', '-s', 'sbom'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const { components } = JSON.parse(said) as {
    readonly components: readonly { readonly name: string; readonly version: string }[]
  }
  const { dependencies } = JSON.parse(read('package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
  }
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`))
  expect(Object.entries(dependencies).filter(([name, version]) => !listed.has(`${name}@${version}`))).toEqual(
    [],
  )
  expect(components.filter(({ name }) => packages[`node_modules/${name}`]?.dev === true)).toEqual([])
})

describe('the release script', () => {
  const script = join(root, 'scripts/release.mjs')
  const files = [
    'CHANGELOG.md',
    'package.json',
    'package-lock.json',
    'deploy/kubernetes/rollcall.yaml',
    'docs/kubernetes.md',
  ]
  let copy: string
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'rollcall-release-'))
    for (const file of files) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      writeFileSync(join(copy, file), read(file))
    }
  })
  afterEach(() => rmSync(copy, { recursive: true, force: true }))
  const release = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('node', [script, ...args], { cwd: copy, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const copied = (file: string) => readFileSync(join(copy, file), 'utf8')

  test('writes a version into its files, and takes the tag of it then', () => {
    const changelog = copied('CHANGELOG.md')
    writeFileSync(
      join(copy, 'CHANGELOG.md'),
      changelog.replace('## [Unreleased]\n', '## [Unreleased]\n\nNew things.\n'),
    )
    expect(release('900.0.0')).toMatchObject({ status: 0 })
    expect(copied('CHANGELOG.md')).toMatch(
      /^## \[Unreleased\]\n\n## \[900\.0\.0\] - \d{4}-\d\d-\d\d\n\nNew things\./m,
    )
    const twice = (file: string, form: RegExp) => expect([...copied(file).matchAll(form)]).toHaveLength(2)
    twice('package-lock.json', /"version": "900\.0\.0"/g)
    twice('deploy/kubernetes/rollcall.yaml', /rollcall:900\.0\.0/g)
    expect(release('--check', 'v900.0.0')).toMatchObject({ status: 0 })
    expect(release('--notes', 'v900.0.0').stdout).toMatch(/^New things\./)
  })

  test('refuses a version that is none, or not above the last one, a release of nothing, and a tag of another version', () => {
    expect(release('1.0')).toMatchObject({ status: 1, stderr: '1.0 is not a version like 1.2.3\n' })
    expect(release('0.0.1').stderr).toMatch(/^0\.0\.1 is not above /)
    expect(release('--check', 'v900.0.0').stderr).toMatch(/^the tag is v900\.0\.0, and package\.json says /)
    writeFileSync(
      join(copy, 'CHANGELOG.md'),
      '# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\nOld.\n',
    )
    expect(release('900.0.0').stderr).toBe('CHANGELOG.md: nothing is written under [Unreleased]\n')
  })
})

const hasKubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0
if (!hasKubectl) process.stderr.write('SKIPPED, no kubectl on this machine: the overlay of the manifests\n')

;(hasKubectl ? describe : describe.skip)('the overlay of the manifests', () => {
  interface Rendered {
    readonly kind: string
    readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
    readonly data?: Readonly<Record<string, string>>
    readonly spec?: { readonly template: { readonly spec: Pod } }
  }
  interface Pod {
    readonly containers: readonly {
      readonly image: string
      readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[]
    }[]
    readonly volumes: readonly { readonly configMap: { readonly name: string } }[]
  }
  const render = () => {
    const text = execFileSync('kubectl', ['kustomize', 'deploy/overlays/example'], {
      cwd: root,
      encoding: 'utf8',
    })
    return parseAllDocuments(text).map((document) => document.toJS() as Rendered)
  }

  test('is its own image by digest, a catalogue that rolls the pods, and no secret', () => {
    const rendered = render()
    const pods = rendered.flatMap(({ kind, spec }) =>
      kind === 'Deployment' && spec ? [spec.template.spec] : [],
    )
    expect(pods).toHaveLength(2)
    const maps = rendered.filter(({ kind }) => kind === 'ConfigMap')
    expect(maps.map(({ metadata }) => metadata.name)).toEqual([
      expect.stringMatching(/^rollcall-catalogue-file-\w{10}$/),
    ])
    for (const { containers, volumes } of pods) {
      expect(containers[0]?.image).toMatch(/^ghcr\.io\/acme\/rollcall@sha256:[0-9a-f]{64}$/)
      expect(volumes[0]?.configMap.name).toBe(maps[0]?.metadata.name)
    }
    expect(rendered.filter(({ kind }) => kind === 'Secret')).toEqual([])
    const worker = rendered.find(({ kind }) => kind === 'ServiceAccount')
    expect(worker?.metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/rollcall-worker',
    })
    expect(readCatalogue(maps[0]?.data?.['rollcall.yaml'] ?? '', 'rollcall.yaml')).toMatchObject({ ok: true })
  })
})
