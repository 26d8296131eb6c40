/**
 * `npm run database`: the collections of this project, their indexes, the storage and the logs: how to set them up, and how
 * to prove that no client reaches the collections. `-- --mode pg` for an environment with PostgreSQL; `-- --cloud` asks a
 * signed-in CloudBase CLI which one it is.
 * It sends nothing: no tool whose work could be verified makes collections in an environment of WeChat.
 */

import { findAppConfigFaults } from './lib/app-config/app-config-faults.ts'
import { readArguments } from './lib/arguments.ts'
import { databaseSteps } from './lib/cloud/database-steps.ts'
import { ASK_COMMAND, askMode, type EnvironmentMode, MODES } from './lib/cloud/environment-mode.ts'
import { fail, projectPath } from './lib/project.ts'
import { readSettings } from './lib/settings.ts'

const { values } = readArguments('npm run database [-- --mode classic|pg] [-- --cloud]', {
  options: { mode: { type: 'string' }, cloud: { type: 'boolean', default: false } },
})
const faults = await findAppConfigFaults(projectPath('cloudfunctions'))
if (faults.length > 0) fail(faults.join('\n'))
const { cloudEnv } = readSettings()
const mode = await chosenMode()
const NAMES = {
  classic: '传统模式（文档型数据库） · classic mode',
  pg: 'PG 模式（PostgreSQL） · PG mode',
}
console.log(`环境 environment  ${cloudEnv ?? '—'}  ${NAMES[mode]}
   微信开发者工具开通的都是传统模式；腾讯云控制台 2026-10-30 之后新建的都是 PG 模式
   WeChat DevTools makes the classic one, Tencent’s console the other since then. ${ASK_COMMAND}: PG if PostgreSQL is filled
   另一种 · the other: npm run database -- --mode ${mode === 'pg' ? 'classic' : 'pg'}
`)
console.log(databaseSteps(mode, cloudEnv ?? '<云环境 ID>'))

async function chosenMode(): Promise<EnvironmentMode> {
  if (values.mode !== undefined) {
    const named = MODES.find((candidate) => candidate === values.mode)
    return named ?? fail(`--mode ${values.mode}: ${MODES.join(' | ')}`)
  }
  if (!values.cloud) return 'classic'
  if (cloudEnv === undefined)
    fail('请先 npm run setup：没有云环境 ID · run that first: no environment is set')
  const answer = await askMode(cloudEnv)
  return 'mode' in answer ? answer.mode : fail(`${answer.problem} → --mode ${MODES.join(' | ')}`)
}
