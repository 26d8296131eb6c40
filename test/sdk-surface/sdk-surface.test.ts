import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFunctions } from '../../scripts/build-functions.ts'
import { projectPath } from '../../scripts/project.ts'
import { deferredModules } from '../../scripts/sdk/build-sdk.ts'
import { CloudKit } from '../cloud-kit.ts'
import { Recorder, type SentRequest } from './recorder.ts'

const PROGRAM = projectPath('test/sdk-surface/program')
const require = createRequire(import.meta.url)
const execute = promisify(execFile)

/** Outside the project, so that no node_modules is beside or above a function's folder. */
let directory: string
let kit: CloudKit
let recorder: Recorder
let unbundled: Run
let bundled: Run

interface Run {
  outcomes: Record<string, unknown>
  sent: SentRequest[]
  stderr: string
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'surface-'))
  await buildFunctions({ source: PROGRAM, target: join(directory, 'bundled') })
  await build({
    entryPoints: [join(PROGRAM, 'surface/index.ts')],
    outfile: join(directory, 'unbundled/index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  })
  symlinkSync(projectPath('node_modules'), join(directory, 'unbundled/node_modules'))
  kit = await CloudKit.start({ functionsDirectory: join(directory, 'bundled') })
  recorder = await Recorder.before(kit.cloud.sdkUrl)
  unbundled = await run('unbundled/index.js')
  bundled = await run('bundled/surface/index.js')
}, 60_000)

afterAll(async () => {
  await recorder.stop()
  await kit.stop()
  rmSync(directory, { recursive: true })
})

/** Runs the program in a process of its own against an empty cloud, as an instance on the platform would. */
async function run(file: string): Promise<Run> {
  await kit.control.post('reset', {})
  recorder.sent = []
  const phoneCode = 'phone-code-of-the-surface'
  const real = { phoneCode: await kit.phoneCode('oSurface', '13800138000') }
  const { cloudID } = await kit.control.post<{ cloudID: string }>('cloud-id', { data: { a: 1 } })
  const event = { phoneCode: real.phoneCode, cloudId: cloudID }
  const { stdout, stderr } = await execute(
    process.execPath,
    [
      '-e',
      'require(process.argv[1]).main(JSON.parse(process.argv[2])).then((outcomes) => process.stdout.write(JSON.stringify(outcomes)))',
      join(directory, file),
      JSON.stringify(event),
    ],
    { cwd: directory, env: environment(), maxBuffer: 1 << 26 },
  )
  const plain = (text: string) =>
    text.replaceAll(real.phoneCode, phoneCode).replaceAll(cloudID, 'cloud-id-of-the-surface')
  return {
    outcomes: JSON.parse(plain(stdout)),
    sent: JSON.parse(plain(JSON.stringify(recorder.sent))),
    stderr,
  }
}

function environment(): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'id',
    TENCENTCLOUD_SECRETKEY: 'key',
    SCF_NAMESPACE: 'local-cloud',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: recorder.url }),
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_API_TOKEN',
    WX_API_TOKEN: 'token',
    WX_OPENID: 'oSurface',
    WX_APPID: 'wx0000000000local',
    SILENCE: 'true',
  }
}

/** What the cloud numbers and dates, which no two runs share. */
function steady(outcomes: Record<string, unknown>): unknown {
  const text = JSON.stringify(outcomes)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/t=\d+&sign=[\w-]+/g, 't=TIME')
    .replace(/"timestamp":\d+/g, '"timestamp":0')
    .replace(/"signature":"[0-9a-f]{64}"/, '"signature":""')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
  return JSON.parse(text)
}

describe('the bundled SDK', () => {
  it('sends the very requests the unbundled one sends', () => {
    expect(unbundled.sent.length).toBeGreaterThan(50)
    expect(bundled.sent).toEqual(unbundled.sent)
  })

  it('gives and throws the same', () => {
    expect(steady(bundled.outcomes)).toEqual(steady(unbundled.outcomes))
  })

  it('says nothing else on the terminal', () => {
    expect(bundled.stderr).toBe(unbundled.stderr)
  })

  it.each(['getPhoneNumber', 'msgSecCheck', 'uploadFile', 'downloadFile', 'deleteFile', 'transaction'])(
    'does what is asked for: %s',
    (step) => {
      expect(bundled.outcomes[step]).toHaveProperty('given')
    },
  )
})

describe('a module that is loaded at first use', () => {
  it('is the module of the package, in a folder without node_modules', async () => {
    const shape = 'const shape = (m) => [typeof m, ...Object.keys(m)].join()'
    const modules = await deferredModules()
    expect(modules.size).toBeGreaterThan(10)
    const { stdout } = await execute(
      process.execPath,
      [
        '-e',
        `${shape}
        const shapes = JSON.parse(process.argv[2]).map(([module, file]) => [module, shape(require(process.argv[1] + file).load(module))])
        console.log(JSON.stringify(shapes))`,
        join(directory, 'bundled/surface/'),
        JSON.stringify([...modules]),
      ],
      { cwd: directory, env: environment() },
    )
    const expected = [...modules.keys()].map((module) => {
      const real = require(projectPath(module))
      return [module, [typeof real, ...Object.keys(real)].join()]
    })
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual(expected)
  })
})
