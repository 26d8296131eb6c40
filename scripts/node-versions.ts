/**
 * `npm run check:node`: runs every built function under each Node that the platform offers (16.13, 18.15, 20.19), and
 * under this one. `-- --current` runs them under this one alone; `-- --node 18.15.0` under others.
 */
import { readArguments } from './arguments.ts'
import { buildProjectOrGiveUp } from './build-project.ts'
import { checkBundles } from './bundle-check.ts'
import { fetchNode, type NodeBinary } from './node-binary.ts'
import { giveUp, projectPath } from './project.ts'

/** 云函数 runtimes Nodejs16.13, Nodejs18.15 and Nodejs20.19. */
const PLATFORM_VERSIONS = ['16.13.1', '18.15.0', '20.19.0']

const { values } = readArguments('npm run check:node [-- --current] [-- --node 18.15.0]', {
  options: { current: { type: 'boolean', default: false }, node: { type: 'string', multiple: true } },
})
const wanted = values.current ? [] : (values.node ?? PLATFORM_VERSIONS)

await buildProjectOrGiveUp(projectPath('.env'))
const current = { version: process.versions.node, executable: process.execPath }
let failures = 0
for (const version of wanted) await report(version, await fetchNode(version))
if (!values.node) await report(current.version, current)
if (failures > 0) giveUp(`${failures} 项失败 · ${failures} failed`)

async function report(version: string, node: NodeBinary | undefined): Promise<void> {
  if (!node) {
    console.log(
      `! Node ${version}  此机器上没有可用的版本，未检查 · none to be had for this machine, not checked`,
    )
    return
  }
  const calls = await checkBundles({
    functionsDirectory: projectPath('dist/cloudfunctions'),
    nodeExecutable: node.executable,
  })
  const failed = calls.filter(({ failure }) => failure !== undefined)
  failures += failed.length
  console.log(
    `${failed.length === 0 ? '✓' : '✗'} Node ${version}  ${calls.length - failed.length}/${calls.length}`,
  )
  for (const { name, failure } of failed) console.log(`    ${name}: ${failure}`)
}
