import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { accountTabFiles } from '../../scripts/lib/account-tab/account-tab.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** What apps say of their own classes and of every element. */
export const FOREIGN_STYLES = `
page { background: #123456; color: #ff0000; font-size: 50px; font-weight: 700; letter-spacing: 4px; line-height: 3; text-align: right; --brand: #ff0000; --ink: #ff0000 }
view { box-sizing: border-box; margin: 5px; padding: 9px; border: 2px solid #00ff00; font-size: 44px }
text { color: #ff0000; font-size: 44px; text-decoration: underline }
image { width: 20px; height: 20px; border: 4px solid #0000ff; border-radius: 50% }
input { height: 99px; background: #ff0000 }
button { width: 50%; height: 30px; margin: 20px; padding: 0; border: 3px solid #ff0000; border-radius: 0; background: #000000; color: #ffffff; font-size: 9px; line-height: 1 }
button::after { border: 5px solid #0000ff }
.button.button { width: 40%; background: #00ff00 }
.card { padding: 0; background: #ff0000 }
.row { display: block }
.page, .list, .item, .label, .title, .name, .notice, .text, .mark, .primary { padding: 50px; background: #ff0000; font-size: 5px }
`

const USING = {
  'login-wall': '/auth/components/login-wall/login-wall',
  'notice-card': '/auth/components/notice-card/notice-card',
}
const ROUTES = ['pages/start/start', 'pages/list/list', 'pages/account/account']
const APP_JSON = {
  pages: ROUTES,
  subPackages: [
    {
      root: 'account',
      pages: ['login', 'agreement', 'privacy', 'account', 'devices', 'my-data', 'close-account'].map(
        (name) => `pages/${name}/${name}`,
      ),
    },
  ],
  preloadRule: { 'pages/start/start': { network: 'all', packages: ['account'] } },
  tabBar: {
    list: ['首页', '清单', '我的'].map((text, index) => ({ pagePath: ROUTES[index], text })),
  },
  window: { navigationBarTitleText: '街角咖啡', navigationBarBackgroundColor: '#3c2415' },
  style: 'v2',
  __usePrivacyCheck__: true,
}
const APP_CONFIG = {
  cloudEnv: '',
  phoneRequired: true,
  realtimePhone: false,
  agreementVersion: '2026-11-28',
  appName: '街角咖啡',
  slogan: '一杯刚好',
  logo: '/auth/images/person.svg',
  homePage: '/pages/start/start',
  accountPage: '/pages/account/account',
  benefits: [{ icon: '/auth/images/person.svg', text: '记住你的口味' }],
  defaultNickname: '旅行者',
  content: { name: '订单', links: [], collections: {}, service: [], collected: [], deletion: '' },
}

/** An app in plain JavaScript, with tabs and a launch of its own, into which the login was copied. */
const FILES: Record<string, string> = {
  'app.json': JSON.stringify(APP_JSON),
  'app-config.js': `module.exports = { appConfig: ${JSON.stringify(APP_CONFIG)} }`,
  'app.js': `
const { configureAuth, startAuth } = require('./auth/index')
configureAuth(require('./app-config').appConfig)
App({ globalData: { cups: 0 }, onLaunch() { this.globalData.cups = 3; startAuth() } })`,
  'pages/start/start.json': JSON.stringify({ usingComponents: USING }),
  'pages/start/start.wxml': `
<view class="card"><button class="button" bindtap="onOrder">下单</button></view>
<text>{{cups}} 杯，{{orders}} 单</text>
<button bindtap="onAccount">账号</button>
<login-wall class="wall" style="display: block; width: 300px" text="登录后可下单" />
<notice-card class="warning" style="display: block; width: 300px" text="没有接通" action="再试" />`,
  'pages/start/start.js': `
const { requireLogin, openAccountPage } = require('../../auth/index')
Page({
  data: { cups: getApp().globalData.cups, orders: 0 },
  onOrder() { requireLogin(() => this.setData({ orders: this.data.orders + 1 })) },
  onAccount() { openAccountPage(this.route) },
})`,
  'pages/list/list.json': JSON.stringify({ usingComponents: { 'login-wall': USING['login-wall'] } }),
  'pages/list/list.wxml':
    '<login-wall wx:if="{{!isLoggedIn}}" text="登录后可见" /><text wx:else>你的清单</text>',
  'pages/list/list.js': `
const { watchLogin } = require('../../auth/index')
Page({
  data: { isLoggedIn: true },
  onLoad() { watchLogin((isLoggedIn) => this.setData({ isLoggedIn })) },
})`,
}

/** @returns its folder, which the caller removes */
export function writeForeignApp(appWxss: string): { directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'foreign-app-'))
  for (const folder of ['auth', 'account']) {
    cpSync(projectPath(`miniprogram/${folder}`), join(directory, folder), { recursive: true })
  }
  const files = [
    ...Object.entries({ ...FILES, 'app.wxss': appWxss }),
    ...accountTabFiles('pages/account/account', 'js'),
  ]
  for (const [path, content] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
