import { SOURCES } from './sources.ts'
import { BY_HAND, type StatementGroup, same, statement } from './statement.ts'

/** Which statement the buttons of the phone's page settle, by the second word of their names. */
export const PHONE_SETTLES: Readonly<Record<string, string>> = {
  number: 'phone-number-button',
  privacy: 'phone-privacy',
  avatar: 'phone-avatar',
  nickname: 'phone-nickname',
  login: 'phone-login',
  random: 'phone-random',
  storage: 'phone-storage',
  cloud: 'phone-cloud',
  offline: 'phone-offline',
  preload: 'phone-preload',
}

export const PHONE_STATEMENTS: StatementGroup = {
  english: 'On a phone',
  chinese: '真机',
  statements: [
    statement(
      'phone-number-button',
      'the phone button’s events and errnos: allow, refuse, cancel, without consent, in real time',
      '手机号按钮的事件与 errno：允许、拒绝、取消、未同意隐私、实时',
      same(SOURCES.realtimeButton),
    ),
    statement(
      'phone-number-simulator',
      'the simulator of DevTools gives a code for a phone number',
      'DevTools 模拟器能否给出手机号 code',
      BY_HAND,
    ),
    statement(
      'phone-number-virtual',
      'the sheet offers WeChat’s virtual numbers 12066600001 to 12066600004',
      '授权框提供微信的虚拟号码 12066600001 至 12066600004',
      BY_HAND,
    ),
    statement(
      'phone-review-consent',
      'WeChat’s review accepts 同意并登录 beside the two documents as consent, with no box to tick',
      '微信审核接受两份协议旁的“同意并登录”作为同意，不需要勾选框',
      BY_HAND,
    ),
    statement(
      'phone-privacy',
      'the privacy sheet: ten seconds after a refusal, listener, `getPrivacySetting`',
      '隐私弹窗：拒绝后十秒、监听、`getPrivacySetting`',
      same(SOURCES.privacySetting),
    ),
    statement(
      'phone-avatar',
      'the avatar button gives a temporary path',
      '头像按钮给出临时路径',
      same(SOURCES.profile),
    ),
    statement('phone-nickname', 'the order of the nickname field’s events', '昵称输入框各事件的次序'),
    statement('phone-login', '`wx.login` and `wx.checkSession`', '`wx.login` 与 `wx.checkSession`'),
    statement(
      'phone-random',
      '`wx.getRandomValues`, with its limits',
      '`wx.getRandomValues` 及其上限',
      same(SOURCES.random),
    ),
    statement(
      'phone-storage',
      'storage: types, limits, one for each account',
      '本地存储：类型、上限、每个微信号一份',
    ),
    statement('phone-cloud', '`wx.cloud`: errors, uploads, addresses', '`wx.cloud`：错误、上传、链接'),
    statement('phone-offline', '`wx.cloud` without a network', '断网时的 `wx.cloud`'),
    statement(
      'phone-language',
      'another language of WeChat reaches a mini-program at its next cold start',
      '微信改了语言，小程序在下一次冷启动时读到',
      BY_HAND,
    ),
    statement(
      'phone-dialog-buttons',
      'a dialog whose button has more than four characters is not shown, in any language',
      '对话框的按钮超过四个字符（英文也一样）就不弹出',
      { ...BY_HAND, ...same(SOURCES.dialog) },
    ),
    statement('phone-preload', 'preloaded subpackages', '分包预下载'),
    statement(
      'phone-dark',
      'dark mode: `prefers-color-scheme` without `darkmode` in app.json; colours of WeChat’s own components and of the buttons in its dialogs',
      '深色模式：app.json 没有 `darkmode` 时的 `prefers-color-scheme`，微信自带组件和对话框按钮的颜色',
      BY_HAND,
    ),
    statement(
      'phone-font-size',
      'font size: that of Android, `rem` without `root-font-size`, a change while the mini-program runs',
      '字体大小：Android 上的大小、没有 `root-font-size` 时的 `rem`、小程序运行中改变字号',
      BY_HAND,
    ),
  ],
}
