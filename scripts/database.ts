/**
 * `npm run database`: the collections of this project and their indexes, how to make them, and how to prove that no
 * client reaches them.
 * It sends nothing: no tool whose work could be verified makes collections in an environment of WeChat.
 */
import { readArguments } from './arguments.ts'
import { commandLine } from './deployment/npx.ts'
import { COLLECTIONS } from './ensure-collections.ts'
import { INDEXES } from './indexes.ts'
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
   或者用 CloudBase CLI 3.0+（未经验证，有人报告它不生效，务必做第 4 步）
   or by CloudBase CLI 3.0+ (not verified, and reported to have no effect: do step 4)
     ${permissions.join('\n     ')}

3  每个集合：索引管理 → 添加索引，都不是唯一索引，字段都选升序 · for each, its indexes: none is unique, every field ascending
   没有索引，用户多了之后查询会扫描整个集合而超时 · without them queries read whole collections and run out of time
${indexSteps()}
   每个索引由谁在等 · who waits for each: docs/indexes.md

4  证明 · prove it
   在微信开发者工具的调试器 Console 里运行 · run in the Console of WeChat DevTools' debugger

${proof()}

   每一行都应是 -502003（没有权限）。-502005：集合不存在。读到了：权限不对。
   Every line should be -502003 (no permission). -502005: not there. 读到了 (could be read): wrong permission.`)

function indexSteps(): string {
  return COLLECTIONS.flatMap((name) => {
    const lines = INDEXES.filter(({ collection }) => collection === name).map(
      (index) => `       ${index.name.padEnd(24)} ${index.fields.join(' ↑, ')} ↑`,
    )
    return lines.length === 0 ? [] : [`     ${name}`, ...lines]
  }).join('\n')
}

/** Reads, and writes nothing: with any other permission than ADMINONLY a client's read succeeds. */
function proof(): string {
  const names = JSON.stringify(COLLECTIONS)
  return `for (const name of ${names}) wx.cloud.database().collection(name).limit(1).get().then(() => console.error(name, '读到了'), (error) => console.log(name, error.errCode))`
}
