/**
 * `npm run deploy:cli`: writes `dist/cloudbaserc.json` for CloudBase CLI, shows what would be sent and sends nothing.
 * `-- --yes` creates and updates the functions with it, with runtime, time limit, memory, variables and timers.
 * `--runtime Nodejs20.19`, `--function NAME`, `--secrets-in-console` (leaves the variables of the console alone).
 */
import { writeFileSync } from 'node:fs'
import { readArguments } from './lib/arguments.ts'
import type { BuiltFunctionFolder } from './lib/build/built-function.ts'
import { cloudbaserc } from './lib/deployment/cloudbaserc.ts'
import { requireCommitted } from './lib/deployment/committed.ts'
import { adviceFor } from './lib/deployment/failure.ts'
import { commandLine, type NpxCommand, runNpx } from './lib/deployment/npx.ts'
import { preparePlan, printPlan } from './lib/deployment/plan.ts'
import { isRuntime, isUndocumentedRuntime, RUNTIME_NAMES } from './lib/deployment/runtimes.ts'
import { CLOUDBASE_CLI } from './lib/deployment/tools.ts'
import { fail, projectPath } from './lib/project.ts'

const USAGE = `npm run deploy:cli
npm run deploy:cli -- --yes [--function NAME]… [--runtime ${RUNTIME_NAMES.join('|')}] [--secrets-in-console] [--uncommitted]`
const FILE = 'dist/cloudbaserc.json'
/** For a function whose config.json names none. */
const DEFAULT_RUNTIME = 'Nodejs18.15'

const { values } = readArguments(USAGE, {
  options: {
    yes: { type: 'boolean', default: false },
    uncommitted: { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
    function: { type: 'string', multiple: true, default: [] },
    runtime: { type: 'string' },
  },
})

if (values.runtime !== undefined && !isRuntime(values.runtime))
  fail(`--runtime ${values.runtime}: ${RUNTIME_NAMES.join(' | ')}`)

if (values.yes) requireCommitted(values.uncommitted)
const plan = await preparePlan({ only: values.function, secretsInConsole: values['secrets-in-console'] })
const runtimeOf = (folder: BuiltFunctionFolder) => values.runtime ?? folder.runtime ?? DEFAULT_RUNTIME
for (const folder of plan.functions) checkRuntime(folder.name, runtimeOf(folder))
const configuration = `${JSON.stringify(cloudbaserc(plan, runtimeOf), null, 2)}\n`
writeFileSync(projectPath(FILE), configuration)
printPlan(plan)
console.log(`\n${FILE}（env.json 不随包上传 · env.json stays here）\n${configuration}`)
const login: NpxCommand = { package: CLOUDBASE_CLI, program: 'tcb', args: ['login'] }
const deploy: NpxCommand = {
  package: CLOUDBASE_CLI,
  program: 'tcb',
  args: ['fn', 'deploy', '--all', '--force', '--yes', '-e', plan.cloudEnv, '--config-file', FILE],
}
console.log(`命令 commands\n  ${commandLine(login)}\n  ${commandLine(deploy)}`)
const withPermissions = plan.functions.filter(({ openapi }) => openapi.length > 0).map(({ name }) => name)
console.log(
  `\n不会发送 not sent: openapi 权限。${withPermissions.join('、')} 还要在微信开发者工具里上传一次 · openapi permissions: upload these once in WeChat DevTools\n集合和权限 collections: npm run database`,
)
if (!values.yes) {
  console.log('\n这是预演，什么都没有发送 · a dry run, nothing was sent: npm run deploy:cli -- --yes')
} else {
  const { code, output } = await runNpx(deploy)
  if (code !== 0) fail(`部署失败 · failed → ${adviceFor(output)}`)
}

/** Ends the program for a runtime that is none; says so of one that no document names. */
function checkRuntime(name: string, runtime: string): void {
  if (!isRuntime(runtime))
    fail(`cloudfunctions/${name}/config.json runtime ${runtime}: ${RUNTIME_NAMES.join(' | ')}`)
  if (isUndocumentedRuntime(runtime))
    console.error(
      `${name} ${runtime}: 文档没有给出这个名称，以控制台为准 · no document has this name; the console decides`,
    )
}
