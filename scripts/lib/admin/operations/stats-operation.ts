import type { Operation } from 'wechat-cloud-emulator/config'

const SPANS = { day: '1 天', week: '7 天', month: '30 天' }

const DAYS_CHART = {
  kind: 'chart',
  path: 'data.days',
  isNewestFirst: true,
  label: 'day',
  labelTitle: '日期',
} as const

/** Figures of all users. */
export const statsOperation: Operation = {
  id: 'stats',
  name: '用户统计',
  function: 'admin',
  event: { action: 'stats' },
  runsAtOnce: true,
  result: [
    {
      kind: 'totals',
      items: [
        { path: 'data.users', label: '用户' },
        { path: 'data.active', label: '正常' },
        { path: 'data.disabled', label: '已停用' },
        { path: 'data.withoutPhone', label: '没有手机号' },
        { path: 'data.phoneBudget', label: '每日授权预算', note: 'PHONE_BUDGET_PER_DAY' },
      ],
    },
    {
      ...DAYS_CHART,
      title: '每天的登录',
      series: [
        { path: 'logins.silent', name: '静默' },
        { path: 'logins.number', name: '验证手机号' },
        { path: 'logins.withoutNumber', name: '无手机号' },
      ],
    },
    {
      ...DAYS_CHART,
      title: '每天的新用户',
      series: [
        { path: 'newUsers', name: '注册' },
        { path: 'importedUsers', name: '导入' },
      ],
    },
    {
      ...DAYS_CHART,
      title: '每天付费的手机号授权',
      series: [{ path: 'paid', name: '授权' }],
    },
    { kind: 'counts', title: '最近 30 天拒绝的原因', path: 'refused', over: 'data.days', label: '原因' },
    { kind: 'counts', title: '新用户', path: 'data.newUsers', label: '时间', texts: SPANS },
    { kind: 'counts', title: '登录过的用户', path: 'data.loggedIn', label: '时间', texts: SPANS },
    { kind: 'counts', title: '号码用哪个密钥加密', path: 'data.numbersByKey', label: '密钥 id' },
  ],
}
