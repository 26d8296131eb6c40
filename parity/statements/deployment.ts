import { BY_HAND, type StatementGroup, statement } from './statement.ts'

const by = (id: string, english: string, chinese: string) => statement(id, english, chinese, BY_HAND)

/** What only a deployment, the console or the bill shows. */
export const DEPLOYMENT_STATEMENTS: StatementGroup = {
  english: 'Deployment and cost',
  chinese: '部署与费用',
  statements: [
    by(
      'deploy-permission-set',
      '`tcb permission set` changes the permission of a collection',
      '`tcb permission set` 能改集合权限',
    ),
    by(
      'deploy-cli-openapi',
      '`npm run deploy:cli` does not send the openapi permission',
      '`npm run deploy:cli` 不发送云调用权限',
    ),
    by('deploy-cli-timer', '`npm run deploy:cli` makes the timer', '`npm run deploy:cli` 建立定时触发器'),
    by('deploy-runtime-fixed', 'a runtime can be chosen at creation only', '运行环境只能在创建时选'),
    by(
      'deploy-console-login',
      'the console of Tencent Cloud takes 微信公众号 for a mini-program’s environment',
      '腾讯云控制台用“微信公众号”登录小程序的环境',
    ),
    by(
      'pg-phone',
      '`wx.cloud` of a phone works in an environment of PG mode',
      '真机的 `wx.cloud` 能用 PG 模式的环境',
    ),
    by(
      'pg-storage',
      'PG mode: RLS policies in place of the storage permission',
      'PG 模式：用 RLS 策略代替存储权限',
    ),
    by(
      'pg-functions',
      'PG mode: an OPA policy says who may call functions',
      'PG 模式：由 OPA 策略决定谁能调用云函数',
    ),
    by(
      'pg-operators',
      'PG mode: the plugin takes the operators that its page does not list',
      'PG 模式：插件支持其文档没有列出的操作符',
    ),
    by(
      'log-alarm',
      'the log of an environment that DevTools made can be delivered to CLS, whose alarms search its words',
      '开发者工具开通的环境能把日志投递到 CLS，并按日志里的词告警',
    ),
    by(
      'database-remove-many',
      'one `remove` by an indexed condition deletes thousands of documents within 2 s',
      '按有索引的条件，一次 `remove` 能在 2 秒内删除几千条',
    ),
    by('cost-packages', 'prices and sizes of larger packages', '更大套餐的价格与额度'),
    by('cost-beyond', 'prices beyond a package', '超出套餐的价格'),
    by('cost-calls', 'what counts as a call', '什么算一次调用'),
    by('cost-gbs', 'how GBs are counted, also at a cold start', 'GBs 的计法，包括冷启动'),
    by('cost-instances', '1000 calls of one function at the same time', '单个函数 1000 个并发'),
    by(
      'cost-environments',
      'how many environments a mini-program may have, and that `new wx.cloud.Cloud` reaches each',
      '一个小程序可以有几个环境，`new wx.cloud.Cloud` 能访问每一个',
    ),
    by('cost-connections', 'simultaneous connections of the database', '数据库同时连接数'),
  ],
}
