import { COLLECTIONS } from '../cloud/collections.ts'
import { INDEXES } from '../cloud/indexes.ts'

/** Something only the cloud or WeChat's admin site can show. */
export interface CloudItem {
  what: string
  link: string
}

const DOCS = 'https://developers.weixin.qq.com/miniprogram/dev'

export const CLOUD_LIST: readonly CloudItem[] = [
  {
    what: `集合 ${COLLECTIONS.join('、')} 已创建，权限都是 仅管理员可读写 (ADMINONLY) · collections made, each with that permission: npm run database`,
    link: `${DOCS}/wxcloud/guide/database/permission.html`,
  },
  {
    what: `${INDEXES.length} 个索引已添加，缺了的话用户多了会超时 · ${INDEXES.length} indexes added; without them calls run out of time once there are many users: npm run database`,
    link: `${DOCS}/wxcloud/guide/database/index.html`,
  },
  {
    what: '环境是微信开发者工具开通的（传统模式）；PG 模式需要更新的 SDK · the environment is one that WeChat DevTools made (classic); PG mode needs a newer SDK: npm run doctor -- --cloud',
    link: 'https://docs.cloudbase.net/quick-start/env-overview',
  },
  {
    what: '云存储权限是 所有用户可读，仅创建者可写；日志保留时间已写进隐私政策 · storage has its default permission; how long logs are kept is in the privacy policy: npm run database',
    link: `${DOCS}/wxcloud/guide/storage.html`,
  },
  {
    what: '云函数已全部上传，运行环境 Node 16 或更新；密钥已随包上传，或设在每个函数的环境变量里 · all functions uploaded, on Node 16 or newer, with the secrets packaged or in each one’s environment variables',
    link: `${DOCS}/wxcloud/basis/getting-started.html`,
  },
  {
    what: '手机号快速验证组件：小程序已认证、非个人主体，且还有次数 · verified, not personal, and quota left',
    link: `${DOCS}/framework/open-ability/getPhoneNumber.html`,
  },
  {
    what: '《用户隐私保护指引》声明了手机号、昵称、头像 · declares phone number, nickname and avatar',
    link: `${DOCS}/framework/user-privacy/`,
  },
  {
    what: '有触发器的云函数已「上传触发器」 · triggers uploaded for the functions that have one',
    link: `${DOCS}/wxcloud/guide/functions/triggers.html`,
  },
  {
    what: '日志告警已设置：配置错误、定时清理落后等会有 "level":"alarm" 的日志 · a log alarm is set for lines of level alarm, such as a wrong configuration or housekeeping that falls behind: docs/zh-CN/console.md#alarms',
    link: 'https://docs.cloudbase.net/logger/alert/log-alert-guide',
  },
]
