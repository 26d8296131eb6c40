import { randomBytes } from 'node:crypto'
import type { Caller } from '../caller.ts'
import { ALLOWED_HOSTS_VARIABLE } from './network/hosts.ts'

/** Where a function's SDK finds the cloud, and what the cloud calls itself. */
export interface Platform {
  /** Full address of the SDK's endpoint. */
  sdkUrl: string
  environmentId: string
}

/** What keeps an instance and the processes that it starts on this machine. */
export interface NetworkRules {
  /** Compiled `network/network-guard.ts`; absolute. */
  guard: string
  /** See `isAllowedHost`. */
  allowedHosts: readonly string[]
}

/** Variables every instance is started with: the platform's, then those configured for the function. */
export function instanceEnvironment(
  platform: Platform,
  network: NetworkRules,
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    // Nothing else of the machine's environment reaches a function, as in the cloud.
    PATH: process.env['PATH'] ?? '',
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
    TZ: 'UTC',
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: `AKID${randomBytes(16).toString('hex')}`,
    TENCENTCLOUD_SECRETKEY: randomBytes(16).toString('hex'),
    TENCENTCLOUD_SESSIONTOKEN: randomBytes(16).toString('hex'),
    SCF_NAMESPACE: platform.environmentId,
    _SCF_TCB_LOG: '1',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: platform.sdkUrl }),
    ...configured,
    ...networkVariables(network, configured['NODE_OPTIONS']),
  }
}

function networkVariables({ guard, allowedHosts }: NetworkRules, nodeOptions = ''): Record<string, string> {
  if (allowedHosts.includes('*')) return {}
  return {
    // Node reads quotes and escapes in this variable as JSON does.
    NODE_OPTIONS: `--require ${JSON.stringify(guard)} ${nodeOptions}`.trim(),
    [ALLOWED_HOSTS_VARIABLE]: allowedHosts.join(','),
  }
}

/**
 * Variables of one invocation. `getWXContext()` shows what `WX_CONTEXT_KEYS` lists: the console's 云端测试 has no
 * such list, so its context is empty; a timer's has no openid.
 * @param token names this invocation in everything its SDK sends
 */
export function invocationEnvironment(
  platform: Platform,
  caller: Caller,
  token: string,
): Record<string, string> {
  const isTimer = caller.source === 'wx_trigger'
  return {
    ...(caller.source === 'console' ? {} : wechatContext(caller, token)),
    ...(isTimer ? { TRIGGER_SRC: 'timer' } : { TRIGGER_SRC: 'tcb' }),
    TCB_ENV: platform.environmentId,
    TCB_SOURCE: caller.source,
    TCB_SESSIONTOKEN: token,
    TCB_SEQID: `${Date.now()}_${randomBytes(4).toString('hex')}`,
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SEQID,TRIGGER_SRC,TCB_SESSIONTOKEN,TCB_SOURCE',
  }
}

function wechatContext(caller: Caller, token: string): Record<string, string> {
  const clientIp = caller.clientIp ?? '127.0.0.1'
  const variables: Record<string, string> = {
    WX_CLIENTIP: clientIp,
    WX_CLIENTIPV6: `::ffff:${clientIp}`,
    WX_APPID: caller.appid,
    ...(caller.openid === undefined ? {} : { WX_OPENID: caller.openid }),
    ...(caller.unionid === undefined ? {} : { WX_UNIONID: caller.unionid }),
    ...(caller.fromOpenid === undefined
      ? {}
      : { WX_FROM_OPENID: caller.fromOpenid, WX_FROM_APPID: caller.appid }),
    WX_API_TOKEN: token,
    // A client can send an object that looks like open data; only this says that it is.
    ...(caller.openDataKeys ? { WX_OPEN_DATA_INFO: JSON.stringify({ keys: caller.openDataKeys }) } : {}),
    ...(caller.source === 'wx_trigger' ? { WX_TRIGGER_API_TOKEN_V0: token } : {}),
  }
  return { ...variables, WX_CONTEXT_KEYS: Object.keys(variables).join(',') }
}
