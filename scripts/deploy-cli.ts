/**
 * `npm run deploy:cli`: writes `dist/cloudbaserc.json` for CloudBase CLI, shows what would be sent and sends nothing.
 * `-- --yes` creates and updates the functions with it, with runtime, time limit, memory, variables and timers.
 * `--runtime Nodejs20.19`, `--function NAME`, `--secrets-in-console` (leaves the variables of the console alone).
 */
import { writeFileSync } from 'node:fs'
import { readArguments } from './arguments.ts'
import { cloudbaserc, RUNTIMES } from './deployment/cloudbaserc.ts'
import { commandLine, type NpxCommand, runNpx } from './deployment/npx.ts'
import { preparePlan, printPlan } from './deployment/plan.ts'
import { giveUp, projectPath } from './project.ts'

const USAGE = `npm run deploy:cli
npm run deploy:cli -- --yes [--function NAME]… [--runtime ${RUNTIMES.join('|')}] [--secrets-in-console]`
const TOOL = '@cloudbase/cli@2.12.10'
const FILE = 'dist/cloudbaserc.json'

const { values } = readArguments(USAGE, {
  options: {
    yes: { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
    function: { type: 'string', multiple: true, default: [] },
    runtime: { type: 'string', default: 'Nodejs18.15' },
  },
})

const runtime = RUNTIMES.find((name) => name === values.runtime)
if (runtime === undefined) giveUp(`--runtime ${values.runtime}: ${RUNTIMES.join(' | ')}`)

const plan = await preparePlan({ only: values.function, secretsInConsole: values['secrets-in-console'] })
const configuration = `${JSON.stringify(cloudbaserc(plan, runtime), null, 2)}\n`
writeFileSync(projectPath(FILE), configuration)
printPlan(plan)
console.log(`\n${FILE}（env.json 不随包上传 · env.json stays here）\n${configuration}`)
const login: NpxCommand = { package: TOOL, program: 'tcb', args: ['login'] }
const deploy: NpxCommand = {
  package: TOOL,
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
} else if ((await runNpx(deploy)) !== 0) {
  giveUp('部署失败 · failed: docs/troubleshooting.md')
}
