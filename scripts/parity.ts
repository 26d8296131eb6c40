/**
 * `npm run parity`: asks a cloud the questions of parity/. `-- local` asks the emulator and ends with one line of JSON;
 * `-- local --write` commits its answers to parity/answers/. `-- token`, `-- deploy` and `-- fetch` ask a real one, and
 * `-- compare answer.json` shows where it differs; with `--write`, the emulator can follow that.
 */
import { readArguments } from './lib/arguments.ts'
import { runLocal } from './lib/parity/commands.ts'
import { runCompare } from './lib/parity/compare-command.ts'
import { runBuild, runDeploy, runToken } from './lib/parity/deploy-commands.ts'
import { runFetch } from './lib/parity/fetch-command.ts'
import { fail } from './lib/project.ts'

const USAGE = `npm run parity -- local [--write]             问模拟器 · asks the emulator
npm run parity -- build                       构建云函数 parity · builds the function
npm run parity -- token                       一次性令牌 · a token for one run
npm run parity -- deploy [--yes]              三种部署方式 · the three ways to deploy
npm run parity -- fetch [answer.json]         用 CloudBase CLI 取答案 · fetches the answers
npm run parity -- compare answer.json [--write]  与模拟器比较 · compares with the emulator`

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } },
})
const [command, file, ...others] = positionals
const takesFile = command === 'compare' || command === 'fetch'
if (others.length > 0 || (file !== undefined && !takesFile)) fail(USAGE)
switch (command) {
  case 'local':
    await runLocal(values.write)
    break
  case 'build':
    await runBuild()
    break
  case 'token':
    await runToken()
    break
  case 'deploy':
    await runDeploy(values.yes)
    break
  case 'fetch':
    await runFetch(file ?? 'answer.json')
    break
  case 'compare':
    runCompare(file ?? fail(USAGE), values.write)
    break
  default:
    fail(USAGE)
}
