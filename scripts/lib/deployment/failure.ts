const UPLOAD_KEY = 'mp.weixin.qq.com → 开发管理 → 开发设置 → 小程序代码上传'

/** What the tools print, and what to do about it, Chinese and English. The first that fits counts. */
const MEANINGS: readonly [printed: RegExp, todo: string][] = [
  [
    /invalid ip|-10008/i,
    `这台机器的 IP 不在白名单里（上面一行有这个地址）：${UPLOAD_KEY} → IP 白名单 · this machine’s address, printed above, is not on the whitelist: add it there, or switch the whitelist off for runners whose address changes`,
  ],
  [
    /private ?key|-10005|wrong signature|invalid signature/i,
    `上传密钥不对，或属于别的小程序：${UPLOAD_KEY} → 重置，再下载 · the upload key is wrong or of another mini-program: make a new one there`,
  ],
  [
    /env ?not ?(found|exists?)|INVALID_ENV|EnvNotFound/i,
    '云环境不存在，或不属于这个小程序 · no such environment, or of another mini-program: npm run setup',
  ],
  [
    /ResourceNotFound\.Function|FunctionNotFound/i,
    '云函数还不存在：先在微信开发者工具里「上传并部署」一次 · the function does not exist yet: create it in WeChat DevTools',
  ],
  [
    /not ?log(ged)? ?in|请先.{0,6}登录|no valid identity|AuthFailure|无有效身份/i,
    'CloudBase CLI 没有登录，或登录已失效 · the CloudBase CLI is not logged in: tcb login',
  ],
  [
    /80051|source size .* exceed|exceed max limit|代码包.{0,10}超过/i,
    '代码包超过上限（主包、分包各 2 MB） · a package is larger than 2 MB: docs/zh-CN/troubleshooting.md',
  ],
  [
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN/,
    '连不上网络：检查网络和代理（HTTPS_PROXY） · no connection: check the network and HTTPS_PROXY',
  ],
  [
    /E404|ETARGET|No matching version/,
    '这个 npm 源里没有这个版本：换用 https://registry.npmjs.org · this registry lacks the version',
  ],
]

/** What to do about a tool that failed, in one line. */
export function adviceFor(output: string): string {
  const [, todo] = MEANINGS.find(([printed]) => printed.test(output)) ?? []
  return todo ?? 'docs/zh-CN/troubleshooting.md'
}
