/** What `npm run secrets` says of a change of keys. */
export const USAGE = `npm run secrets                                    生成 .env · makes it
npm run secrets -- rotate                          说明更换密钥的步骤并开始第一阶段 · explains, begins phase 1
npm run secrets -- add                             第一阶段 phase 1
npm run secrets -- use <密钥 key id>               第二阶段 phase 2
npm run secrets -- drop <密钥 key id> --numbers-left <admin stats 的数> [--leaked]
  --yes  不提问 asks nothing    --dry-run  不改动 changes nothing`

export const explainPhases = `更换密钥分两个阶段，每个阶段都要部署到全部云函数之后才进行下一个：云函数是一个一个部署的，没有新密钥的云函数会拒绝新密钥签发的令牌。
A change of keys has two phases, each deployed to ALL functions before the next: functions are deployed one by one, and
one without the new key refuses what the others issue with it.

  1  npm run secrets -- add         新密钥只验证和解密 · the new key verifies and decrypts only
     npm run build，部署全部云函数 · deploy all functions
  2  npm run secrets -- use <id>    新密钥成为当前密钥 · it becomes current
     npm run build，部署全部云函数 · deploy all functions
  3  cleanup 的定时器重新加密号码 · the timer of cleanup re-encrypts the numbers
     31 天后 npm run secrets -- drop <旧密钥 old id> --numbers-left 0，再部署一次 · after 31 days, and deploy once more

npm run doctor 说明现在到了哪一步 · says where it stands
`

export function explainAdded(id: string): string {
  return `.env 里有了 ${id}，还没有启用 · ${id} is in .env and not current yet. 接下来 · what now:

1. npm run build，然后部署全部云函数（或在每个云函数的环境变量里设置新的 LOGIN_SECRETS）
   build, and deploy ALL functions, in any order (or set LOGIN_SECRETS in the environment of all of them). Nobody notices.
2. 云函数列表里每一个的更新时间都在这之后，再运行 · when the list of functions shows all of them newer than this:
   npm run secrets -- use ${id}
3. 保存一份新的 .env · keep a copy of the new .env.`
}

export function explainUsed(id: string, replaced: string): string {
  return `${id} 成为当前密钥，没有人会被登出，号码都能读取 · ${id} is current. Nobody is logged out, no number becomes unreadable. 接下来 · what now:

1. npm run build，然后部署全部云函数，顺序不限 · build, and deploy ALL functions, in any order.
2. 等 cleanup 每小时的定时器分批重新加密号码：admin 的 stats 里 numbersByKey.${replaced} 降到 0
   let the hourly timer of cleanup re-encrypt the numbers, in batches: action stats of admin says how many are left.
   numbersByKey.${replaced} must become 0.
3. 从部署那天起等 31 天：用 ${replaced} 签发的令牌有效 30 天
   wait 31 days from the deployment: tokens signed with ${replaced} are good for 30.
4. npm run secrets -- drop ${replaced} --numbers-left 0，再构建并部署全部云函数 · then build and deploy all functions again.

如果 ${replaced} 已泄露，跳过第 3 步：numbersByKey.${replaced} 一到 0 就加 --leaked 移除
If ${replaced} got into wrong hands, skip step 3: drop it with --leaked as soon as numbersByKey.${replaced} is 0.
在第 4 步之前保留 ${replaced} 的副本 · Keep a copy of ${replaced} until step 4 is done.`
}

export function explainDropped(id: string): string {
  return `.env 里没有 ${id} 了：npm run build，部署全部云函数。还有号码需要它时 cleanup 的日志会说 · .env has no ${id} any more. Run \`npm run build\` and deploy all functions. The log of cleanup says so should a number still need it.`
}
