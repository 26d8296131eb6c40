/**
 * `npm run database`: the collections of this project, how to make them, and how to prove that no client reaches them.
 * It sends nothing: no tool whose work could be verified makes collections in an environment of WeChat.
 */
import { readArguments } from './arguments.ts'
import { commandLine } from './deployment/npx.ts'
import { COLLECTIONS } from './ensure-collections.ts'
import { readSettings } from './settings.ts'

readArguments('npm run database', {})
const { cloudEnv = '<云环境 ID>' } = readSettings()
const permissions = COLLECTIONS.map((name) =>
  commandLine({
    package: '@cloudbase/cli@3',
    program: 'tcb',
    args: ['permission', 'set', `collection:${name}`, '--level', 'adminonly', '-e', cloudEnv],
  }),
)

console.log(`1  创建集合 · make the collections
   微信开发者工具 → 云开发 → 数据库 → 新建集合 ×${COLLECTIONS.length}
     ${COLLECTIONS.join('\n     ')}

2  每个集合：权限设置 → 仅管理员可读写 · for each, the permission ADMINONLY
   或者用 CloudBase CLI 3.0+（未经验证，有人报告它不生效，务必做第 3 步）
   or by CloudBase CLI 3.0+ (not verified, and reported to have no effect: do step 3)
     ${permissions.join('\n     ')}

3  证明 · prove it
   在微信开发者工具的调试器 Console 里运行 · run in the Console of WeChat DevTools' debugger

${proof()}

   每一行都应是 -502003（没有权限）。-502005：集合不存在。读到了：权限不对。
   Every line should be -502003 (no permission). -502005: not there. 读到了 (could be read): wrong permission.`)

/** Reads, and writes nothing: with any other permission than ADMINONLY a client's read succeeds. */
function proof(): string {
  const names = JSON.stringify(COLLECTIONS)
  return `for (const name of ${names}) wx.cloud.database().collection(name).limit(1).get().then(() => console.error(name, '读到了'), (error) => console.log(name, error.errCode))`
}
