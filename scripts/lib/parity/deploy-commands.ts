import { existsSync, writeFileSync } from 'node:fs'
import { TOKEN_FILE } from '../../../parity/core/token-hash.ts'
import { adviceFor } from '../deployment/failure.ts'
import { commandLine, type NpxCommand, runNpx } from '../deployment/npx.ts'
import { CLOUDBASE_CLI } from '../deployment/tools.ts'
import { fail, projectPath } from '../project.ts'
import { readSettings } from '../settings.ts'
import { buildParity, makeToken, PARITY_FOLDER, PARITY_FUNCTION } from './build-parity.ts'

const CONFIGURATION = `${PARITY_FOLDER}/cloudbaserc.json`

/** `npm run parity -- build`. A token that was made before stays in the folder. */
export async function runBuild(): Promise<void> {
  await buildParity()
  console.log(`${PARITY_FOLDER}/${PARITY_FUNCTION}`)
  if (!existsSync(projectPath(`${PARITY_FOLDER}/${PARITY_FUNCTION}/${TOKEN_FILE}`)))
    console.log('还没有令牌，云函数会拒绝一切调用 · it refuses every call until: npm run parity -- token')
}

/** `npm run parity -- token`: a token for one run. It is shown once; the folder has its hash. */
export async function runToken(): Promise<void> {
  const { token, kept, expiresAt } = makeToken(Date.now())
  await buildParity(undefined, kept)
  console.log(`令牌 token: ${token}
只显示这一次，跑一遍就作废，最晚到 ${new Date(expiresAt).toISOString()} · shown once, for one run, at the latest until then
然后部署 · now deploy: npm run parity -- deploy
云端测试的参数 · event of 云端测试: {"token": "…"}`)
}

/** `npm run parity -- deploy [--yes]`: the three ways; with `--yes` the second is gone. */
export async function runDeploy(isSending: boolean): Promise<void> {
  const { cloudEnv = '<云环境 ID>' } = readSettings()
  const directory = `${PARITY_FOLDER}/${PARITY_FUNCTION}`
  if (!existsSync(projectPath(`${directory}/${TOKEN_FILE}`)))
    fail('先做令牌 · first: npm run parity -- token')
  writeFileSync(projectPath(CONFIGURATION), `${JSON.stringify(configuration(cloudEnv), null, 2)}\n`)
  const deploy: NpxCommand = {
    package: CLOUDBASE_CLI,
    program: 'tcb',
    args: [
      'fn',
      'deploy',
      PARITY_FUNCTION,
      '--force',
      '--yes',
      '-e',
      cloudEnv,
      '--config-file',
      CONFIGURATION,
    ],
  }
  console.log(`1  微信开发者工具 WeChat DevTools
   把 ${directory} 复制进云函数根目录，右键「上传并部署：所有文件」，用完删掉 · copy it into the folder of the functions, upload, and delete it
2  CloudBase CLI
   ${commandLine(deploy)}
3  手动 by hand
   把 ${directory} 里的文件打成 zip，在控制台新建云函数 parity 上传，入口 index.main，Nodejs18.15 · zip its files, make the function parity in the console

集合 parity_unique：在控制台新建，加唯一索引 key_1（字段 key，升序）；没有它，index.* 为未知
In the console make the collection parity_unique with the unique index key_1 over the field key; without it index.* are unknown
运行 run: 云端测试 {"token": "…"}，然后按答案里的 todo 继续 · then go on as its todo says；或 or npm run parity -- fetch`)
  if (!isSending) {
    console.log('\n这是预演，什么都没有发送 · a dry run, nothing was sent: npm run parity -- deploy --yes')
    return
  }
  if (readSettings().cloudEnv === undefined) fail('请先 npm run setup · run that first')
  const { code, output } = await runNpx(deploy)
  if (code !== 0) fail(`部署失败 · failed → ${adviceFor(output)}`)
}

function configuration(cloudEnv: string): object {
  return {
    version: '2.0',
    envId: cloudEnv,
    functionRoot: PARITY_FOLDER,
    functions: [
      {
        name: PARITY_FUNCTION,
        handler: 'index.main',
        runtime: 'Nodejs18.15',
        timeout: 3,
        memorySize: 256,
        installDependency: false,
      },
    ],
  }
}
