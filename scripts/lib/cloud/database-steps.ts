import { COLLECTIONS } from './collections.ts'
import type { EnvironmentMode } from './environment-mode.ts'
import { INDEXES } from './indexes.ts'

/** What an administrator does once in the console of an environment, as text for the terminal. */
export function databaseSteps(mode: EnvironmentMode, cloudEnv: string): string {
  const steps = mode === 'pg' ? pgSteps(cloudEnv) : classicSteps(cloudEnv)
  return steps.map((step, index) => `${index + 1}  ${step}`).join('\n\n')
}

function classicSteps(cloudEnv: string): string[] {
  return [
    makeCollections('微信开发者工具 → 云开发 → 数据库 → 新建集合'),
    permissions(cloudEnv),
    indexes(),
    `存储 → 权限设置 → 所有用户可读，仅创建者可写（默认） · the storage keeps its default
   仅管理员可写会让用户传不了头像 · ADMINWRITE would refuse pictures of users`,
    logRetention('云开发 → 云函数 → 日志'),
    proof(),
  ]
}

function pgSteps(cloudEnv: string): string[] {
  return [
    `控制台 https://console.cloud.tencent.com/tcb → 文档型数据库；没有就先开启文档插件 · open the document database; enable its plugin if it is not there
     tcb api tcb EnablePGDocumentExt --body '{"EnvId":"${cloudEnv}"}'`,
    makeCollections('文档型数据库 → 新建集合'),
    `${permissions(cloudEnv)}
   PG 模式没有安全规则，只有这几种基础权限 · there are no security rules here, only such basic permissions`,
    indexes(),
    `云存储：建一个 Bucket，再用 RLS 代替权限设置（未经验证） · storage: a bucket, and RLS in place of the permission (not verified)
${storagePolicies(cloudEnv)}
   不建 UPDATE、DELETE 策略：客户端不能覆盖或删除 · no policy for UPDATE and DELETE: no client overwrites or deletes`,
    `云函数：小程序的调用由 OPA 鉴权策略决定，默认策略之外不要拒绝 /v1/functions/（未经验证） · functions: an OPA policy decides who calls them; do not deny that path (not verified)
     https://docs.cloudbase.net/envconfig/authz-opa/intro`,
    logRetention('日志'),
    proof(),
  ]
}

function makeCollections(where: string): string {
  return `创建集合 · make the collections
   ${where} ×${COLLECTIONS.length}
     ${COLLECTIONS.join('\n     ')}`
}

function permissions(cloudEnv: string): string {
  const commands = COLLECTIONS.map(
    (name) => `tcb permission set collection:${name} --level adminonly -e ${cloudEnv}`,
  )
  return `每个集合：权限设置 → 仅管理员可读写 · for each, the permission ADMINONLY
   或者用 CloudBase CLI 3.0+（未经验证，有人报告它不生效，务必做最后一步）
   or by CloudBase CLI 3.0+ (not verified, and reported to have no effect: do the last step)
     ${commands.join('\n     ')}`
}

function indexes(): string {
  const listed = COLLECTIONS.flatMap((name) => {
    const lines = INDEXES.filter(({ collection }) => collection === name).map(
      (index) => `       ${index.name.padEnd(24)} ${index.fields.join(' ↑, ')} ↑`,
    )
    return lines.length === 0 ? [] : [`     ${name}`, ...lines]
  })
  return `每个集合：索引管理 → 添加索引，都不是唯一索引，字段都选升序 · for each, its indexes: none is unique, every field ascending
   没有索引，用户多了之后查询会扫描整个集合而超时 · without them queries read whole collections and run out of time
${listed.join('\n')}
   每个索引由谁在等 · who waits for each: docs/zh-CN/indexes.md`
}

function storagePolicies(cloudEnv: string): string {
  const sql = [
    "INSERT INTO storage.buckets (id, name, public) VALUES ('files', 'files', true)",
    "CREATE POLICY read_all ON storage.objects FOR SELECT TO anon, authenticated USING (bucket_id = 'files')",
    "CREATE POLICY upload_avatars ON storage.objects FOR INSERT TO authenticated WITH CHECK (bucket_id = 'files' AND name LIKE 'avatars/%')",
  ]
  return sql.map((line) => `     tcb db execute -e ${cloudEnv} --role postgres --sql "${line}"`).join('\n')
}

function logRetention(where: string): string {
  return `${where}：看日志保留多久，写进隐私政策 · see how long logs are kept, and say so in the privacy policy
   云函数的返回值会留在日志里 · what functions answer stays in the logs: docs/zh-CN/security.md`
}

/** Only reads: with any other permission than ADMINONLY a client's read succeeds. */
function proof(): string {
  const names = JSON.stringify(COLLECTIONS)
  return `证明 · prove it
   在微信开发者工具的调试器 Console 里运行 · run in the Console of WeChat DevTools' debugger

for (const name of ${names}) wx.cloud.database().collection(name).limit(1).get().then(() => console.error(name, '读到了'), (error) => console.log(name, error.errCode))

   每一行都应是 -502003（没有权限）。-502005：集合不存在。读到了：权限不对。
   Every line should be -502003 (no permission). -502005: not there. 读到了 (could be read): wrong permission.`
}
