import { SOURCES } from './sources.ts'
import { BY_HAND, differs, type StatementGroup, same, statement } from './statement.ts'

export const FUNCTION_STATEMENTS: StatementGroup = {
  english: 'Functions',
  chinese: '云函数',
  statements: [
    statement(
      'call-answers',
      '`callFunction`: what arrives of an answer',
      '`callFunction`：返回值到达时的样子',
    ),
    statement(
      'call-failures',
      '`callFunction`: how a caller hears of a function that fails',
      '`callFunction`：函数出错时调用方收到什么',
    ),
    statement('call-data', '`callFunction`: what arrives of `data`', '`callFunction`：`data` 到达时的样子'),
    statement('call-answer-limit', 'an answer above 1 MB is refused', '超过 1 MB 的返回值被拒绝'),
    statement(
      'call-unknown-function',
      'a function that does not exist, and names that are none',
      '不存在的函数、不成立的函数名',
    ),
    statement(
      'context-caller',
      '`getWXContext()` by kind of caller',
      '不同调用方的 `getWXContext()`',
      same(SOURCES.context),
    ),
    statement('context-console', '云端测试 sends no context', '云端测试不带上下文'),
    statement(
      'context-stale-identity',
      'the context of a caller ends with its call',
      '调用方的上下文随调用结束',
    ),
    statement(
      'context-second-argument',
      'the second argument of `main`',
      '`main` 的第二个参数',
      differs(SOURCES.secondArgument),
    ),
    statement(
      'context-limits',
      'memory and time limit by default: 256 MB, 3 s',
      '默认内存与时限：256 MB、3 秒',
    ),
    statement(
      'environment-variables',
      'variables of the process',
      '进程的环境变量',
      differs(SOURCES.variables),
    ),
    statement(
      'environment-places',
      'the folder of the code is writable, `/tmp` has no limit of its own',
      '代码目录可写，`/tmp` 没有自己的上限',
      differs(SOURCES.mechanism),
    ),
    statement(
      'environment-network',
      'functions reach no other host, unless they are allowed to',
      '云函数只能访问允许的主机',
    ),
    statement(
      'instance-between-calls',
      'module state, globals and temporary files survive between calls of an instance',
      '同一实例的两次调用之间，模块状态、全局变量和临时文件保留',
      same(SOURCES.reuse),
    ),
    statement(
      'instance-timers',
      'timers run on and sockets stay open between calls',
      '两次调用之间定时器继续运行、连接保持',
    ),
    statement(
      'timer-call',
      'a timer calls with SOURCE `wx_trigger` and without OPENID',
      '定时触发：SOURCE 为 `wx_trigger`，没有 OPENID',
    ),
    statement('time-zone', 'functions run in UTC', '云函数时区为 UTC', same(SOURCES.notice)),
    statement('time-clock', 'the clocks of instances and of the database agree', '实例与数据库的时钟一致'),
    statement('time-start', 'cold and warm start', '冷启动与热启动'),
    statement('time-limit', 'a call ends at its time limit: -504003', '调用到时限即结束：-504003'),
    statement('memory-limit', 'an instance ends when it takes more than its memory', '超过内存的实例被结束'),
    statement(
      'runtime-version',
      'Node 16.13, 18.15 and 20.19 are offered, with what they have',
      '提供 Node 16.13、18.15、20.19 及其功能',
      same(SOURCES.runtimes),
    ),
    statement('runtime-crypto', 'cryptography', '加密算法'),
    statement('runtime-languages', 'languages (ICU)', '语言与地区（ICU）'),
    statement(
      'runtime-old',
      'an old runtime answers -504002 with `SyntaxError` or `node:`',
      '旧的运行环境报 -504002，带 `SyntaxError` 或 `node:`',
      BY_HAND,
    ),
    statement('http-path', 'by HTTP, `path` is the whole path', 'HTTP 访问时 `path` 为完整路径', BY_HAND),
    statement(
      'log-keeps-answers',
      'the log keeps what a function returns, as `ret_msg`',
      '日志保存返回值（`ret_msg`）',
      same(SOURCES.log),
    ),
    statement(
      'log-retention',
      'the log service sets how long logs are kept',
      '日志保存多久由日志服务设置',
      BY_HAND,
    ),
    statement('sdk-version', 'wx-server-sdk has the same names', 'wx-server-sdk 的方法名'),
    statement('sdk-logger', '`cloud.logger()`', '`cloud.logger()`'),
    statement(
      'sdk-other-environment',
      'any environment id is this one',
      '任何环境 ID 都视为当前环境',
      differs(SOURCES.errors),
    ),
  ],
}
