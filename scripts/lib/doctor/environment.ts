import { ASK_COMMAND, askMode } from '../cloud/environment-mode.ts'
import { readSettings } from '../settings.ts'
import { error, type Finding, ok, warning } from './finding.ts'
import { isSdkForPg, sdkVersion } from './sdk-version.ts'

const ABOUT = '环境的模式 · mode of the environment'

/** Asks a signed-in CloudBase CLI whether the functions' SDK fits the environment. */
export async function checkEnvironment(): Promise<Finding[]> {
  const { cloudEnv } = readSettings()
  if (cloudEnv === undefined) return []
  const answer = await askMode(cloudEnv)
  if ('problem' in answer) {
    return [warning(ABOUT, answer.problem, `${ASK_COMMAND}；docs/zh-CN/deploy.md`)]
  }
  if (answer.mode === 'classic') return [ok(ABOUT, '传统模式 · classic')]
  const version = sdkVersion()
  if (isSdkForPg(version)) {
    return [ok(ABOUT, `PG 模式 · PG, wx-server-sdk ${version}: npm run database -- --mode pg`)]
  }
  return [
    error(
      ABOUT,
      `PG 模式，wx-server-sdk ${version} 太旧，云函数会得到 SDK_UPGRADE_REQUIRED · PG mode, for which the SDK is too old`,
      '换用微信开发者工具开通的环境，或 wx-server-sdk 5.0.1-beta.1 以上 · take an environment that WeChat DevTools made, or a newer SDK: docs/zh-CN/deploy.md',
    ),
  ]
}
