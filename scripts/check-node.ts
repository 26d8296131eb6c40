/**
 * `npm run check:node`: runs every built function, one that auth-guard.js guards, and `parity`, under the Node of each runtime of the
 * platform and under the current one, and prints a matrix. `-- --current` selects the current one alone, `-- --node
 * 18.15.0` others; `-- --sdk` builds the functions with each SDK instead, and runs them under the current Node.
 */

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type BundleCheckOptions, checkBundles } from './checks/platform/bundle-check.ts'
import { fetchNode } from './checks/platform/node-binary.ts'
import { checkParity } from './checks/platform/parity-check.ts'
import { fetchSdk, SDKS } from './checks/platform/sdk-packages.ts'
import { readArguments } from './lib/arguments.ts'
import { buildFunctions } from './lib/build/build-functions.ts'
import { buildProjectOrFail, GUARD_FOLDER } from './lib/build/build-project.ts'
import { RUNTIMES } from './lib/deployment/runtimes.ts'
import { fail, projectPath } from './lib/project.ts'

const { values } = readArguments('npm run check:node [-- --current] [-- --node 18.15.0] [-- --sdk]', {
  options: {
    current: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true },
    sdk: { type: 'boolean', default: false },
  },
})
const functionsDirectory = projectPath('dist/cloudfunctions')
let failures = 0

await buildProjectOrFail(projectPath('.env'))
if (values.sdk) await checkSdks()
else await checkNodes()
if (failures > 0) fail(`${failures} 项失败 · ${failures} failed`)

async function checkNodes(): Promise<void> {
  const wanted = values.node?.map((version) => ({ name: '', version })) ?? (values.current ? [] : RUNTIMES)
  for (const { name, version } of wanted) {
    const node = await fetchNode(version)
    const row = `Node ${version.padEnd(9)} ${name.padEnd(12)}`
    if ('failure' in node) printMissing(row, node.failure)
    else await check(row, { functionsDirectory, nodeExecutable: node.executable })
  }
  if (!values.node)
    await check(`Node ${process.versions.node.padEnd(9)} ${''.padEnd(12)}`, { functionsDirectory })
}

async function checkSdks(): Promise<void> {
  for (const sdk of SDKS) {
    const row = sdk.name.padEnd(28)
    const fetched = await fetchSdk(sdk)
    if ('failure' in fetched) {
      printMissing(row, fetched.failure)
      continue
    }
    const target = join(projectPath('dist'), 'cloudfunctions-by-sdk')
    const warnings: string[] = []
    await buildFunctions({
      source: projectPath('cloudfunctions'),
      target,
      sdkFolder: fetched.directory,
      onWarning: (line) => warnings.push(line),
    })
    const guardSdk = createRequire(join(fetched.directory, 'package.json')).resolve('wx-server-sdk')
    await check(row, { functionsDirectory: target, guardSdk })
    for (const line of warnings) console.log(`    ${line}`)
  }
}

async function check(row: string, options: BundleCheckOptions): Promise<void> {
  const calls = await checkBundles({ guardDirectory: GUARD_FOLDER, ...options })
  const parity = values.sdk ? undefined : await checkParity(options.nodeExecutable ?? process.execPath)
  if (parity?.failure !== undefined) calls.push({ name: 'parity', failure: parity.failure })
  const failed = calls.filter(({ failure }) => failure !== undefined)
  failures += failed.length
  const mark = failed.length === 0 ? '✓' : '✗'
  const answers = parity === undefined ? '' : `  parity ${parity.answered}`
  console.log(`${mark} ${row}  ${calls.length - failed.length}/${calls.length}${answers}`)
  for (const { name, failure } of failed) console.log(`    ${name}: ${failure}`)
  if (parity && parity.unlike.length > 0)
    console.log(`    ≠ 与提交的回答不同 · not as committed: ${parity.unlike.join(' ')}`)
}

function printMissing(row: string, failure: string): void {
  console.log(`! ${row}  未检查 · not checked: ${failure}`)
}
