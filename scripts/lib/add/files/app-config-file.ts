import type { AddOptions } from '../options.ts'
import type { Language } from '../payload/payload.ts'

/** Name of the module that says what the login knows of the app. */
export const CONFIG_MODULE = 'auth-config'

/**
 * The app's configuration of the login, which the developer completes.
 * @param consentVersion of the agreement that the pages show
 */
export function appConfigFile(options: AddOptions, language: Language, consentVersion: string): string {
  const { authRoot } = options
  const fields = fieldsOf(options, consentVersion)
  return language === 'ts'
    ? `import type { AuthConfig } from './${authRoot}/config'
import { installAuth } from './${authRoot}/index'

/** What the login knows of this app. */
export const appConfig: AuthConfig = ${fields}

/** For the top of app.ts. */
export function installLogin(): void {
  installAuth(appConfig)
}
`
    : `const { installAuth } = require('./${authRoot}/index')

/**
 * What the login knows of this app.
 * @type {import('./${authRoot}/config').AuthConfig}
 */
const appConfig = ${fields}

/** For the top of app.js. */
function installLogin() {
  installAuth(appConfig)
}

module.exports = { appConfig, installLogin }
`
}

function fieldsOf(options: AddOptions, consentVersion: string): string {
  const { name, home, cloudEnv, appInitsCloud, nickname, phoneRequired, owned, accountTab } = options
  const collections = owned.map((collection) => `${key(collection)}: ${quote(collection)}`).join(', ')
  return `{
  // 云环境 ID；留空并且 appInitsCloud 为 true 时，用本应用 wx.cloud.init 的环境。
  cloudEnv: ${quote(cloudEnv)},
  appInitsCloud: ${appInitsCloud},
  phoneRequired: ${phoneRequired},
  realtimePhone: false,
  agreementVersion: ${quote(consentVersion)},
  appName: ${quote(name)},
  slogan: '',
  // 登录页上的图片，如 '/images/logo.png'；空着就不显示。
  logo: '',
  homePage: ${quote(`/${home}`)},${accountTab === undefined ? '' : `\n  accountPage: ${quote(`/${accountTab}`)},`}
  // 登录页上的好处：{ icon: '/images/….svg', text: '…' }
  benefits: [],
  defaultNickname: ${quote(nickname)},
  // 用户在本应用里的内容，写进账号页、用户协议和隐私政策。上线前请按实际情况改写。
  content: {
    name: '内容',
    links: [],
    collections: {${collections === '' ? '' : ` ${collections} `}},
    service: [${quote(`浏览不需要登录。登录后，你可以使用“${name}”中需要登录的功能。`)}],
    collected: [],
    deletion: '你保存的内容可以在相应的页面删除',
  },
  // 同样的文案再写一份英文：english: { appName, slogan, benefits, defaultNickname, content }。
  // 有了它，微信不是中文时登录说英文；没有它，登录在所有手机上都说中文。
}`
}

function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped}'`
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}
