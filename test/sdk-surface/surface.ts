import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { Recorder, type SentRequest } from './recorder.ts'

const PROGRAM = projectPath('test/sdk-surface/program')
const execute = promisify(execFile)

/** What the program gave and threw, sent and printed. */
export interface Run {
  outcomes: Record<string, unknown>
  sent: SentRequest[]
  stderr: string
}

/** The program of calls with one SDK, as it is and bundled. */
export interface Surface {
  /** Outside the project, so that no node_modules is beside or above a function's folder. */
  directory: string
  unbundled: Run
  bundled: Run
  /** What the build said. */
  warnings: readonly string[]
}

/**
 * Runs the program from the unbundled SDK and from a function's folder, each in a process of its own against an empty
 * cloud, as an instance on the platform would.
 * @param sdkFolder its `node_modules` has the SDK; the project by default
 */
export async function runSurface(sdkFolder?: string): Promise<Surface> {
  const directory = mkdtempSync(join(tmpdir(), 'surface-'))
  const warnings: string[] = []
  await buildFunctions({
    source: PROGRAM,
    target: join(directory, 'bundled'),
    onWarning: (line) => warnings.push(line),
    ...(sdkFolder === undefined ? {} : { sdkFolder }),
  })
  await build({
    entryPoints: [join(PROGRAM, 'surface/index.ts')],
    outfile: join(directory, 'unbundled/index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  })
  const packages = join(sdkFolder ?? projectPath('.'), 'node_modules')
  symlinkSync(packages, join(directory, 'unbundled/node_modules'), 'junction')
  const kit = await CloudKit.start({ functionsDirectory: join(directory, 'bundled') })
  const recorder = await Recorder.before(kit.cloud.sdkUrl)
  try {
    const unbundled = await run(kit, recorder, join(directory, 'unbundled/index.js'))
    const bundled = await run(kit, recorder, join(directory, 'bundled/surface/index.js'))
    return { directory, unbundled, bundled, warnings }
  } finally {
    await recorder.stop()
    await kit.stop()
  }
}

export function removeSurface({ directory }: Surface): void {
  rmSync(directory, { recursive: true })
}

async function run(kit: CloudKit, recorder: Recorder, file: string): Promise<Run> {
  await kit.control.post('reset', {})
  recorder.sent = []
  const phoneCode = await kit.phoneCode('oSurface', '13800138000')
  const { cloudID } = await kit.control.post('cloud-id', { data: { a: 1 } })
  const { stdout, stderr } = await execute(
    process.execPath,
    [
      '-e',
      'require(process.argv[1]).main(JSON.parse(process.argv[2])).then((outcomes) => process.stdout.write(JSON.stringify(outcomes)))',
      file,
      JSON.stringify({ phoneCode, cloudId: cloudID }),
    ],
    { cwd: tmpdir(), env: surfaceEnvironment(recorder.url), maxBuffer: 1 << 26 },
  )
  const plain = (text: string) =>
    text
      .replaceAll(phoneCode, 'phone-code-of-the-surface')
      .replaceAll(cloudID, 'cloud-id-of-the-surface')
      .replaceAll(new URL(recorder.url).host, '127.0.0.1:1')
  return {
    outcomes: JSON.parse(plain(stdout)),
    sent: JSON.parse(plain(JSON.stringify(recorder.sent))),
    stderr,
  }
}

/** @param url where the cloud is */
export function surfaceEnvironment(url: string): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'id',
    TENCENTCLOUD_SECRETKEY: 'key',
    SCF_NAMESPACE: 'local-cloud',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_API_TOKEN',
    WX_API_TOKEN: 'token',
    WX_OPENID: 'oSurface',
    WX_APPID: 'wx0000000000local',
    SILENCE: 'true',
  }
}

/** Without what the cloud numbers and dates, which no two runs share. */
export function steady(outcomes: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(outcomes)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/t=\d+&sign=[\w-]+/g, 't=TIME')
    .replace(/"timestamp":\d+/g, '"timestamp":0')
    .replace(/"signature":"[0-9a-f]{64}"/, '"signature":""')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE')
  return JSON.parse(text)
}
