import type { Caller } from '../caller.ts'
import type { Platform } from './environment.ts'
import type { FunctionDefinition } from './function-catalog.ts'

/** The platform adds `userInfo` to what a mini-program sends, so functions must accept fields they do not know. */
export function withUserInfo(event: unknown, caller: Caller): unknown {
  if (caller.openid === undefined || typeof event !== 'object' || event === null) return event
  return { ...event, userInfo: { appId: caller.appid, openId: caller.openid } }
}

/** The second argument of `main`, in the names of Tencent's SCF. */
export function contextOf(
  requestId: string,
  definition: FunctionDefinition,
  platform: Platform,
  environment: Record<string, string>,
): Record<string, unknown> {
  return {
    request_id: requestId,
    function_name: definition.name,
    function_version: '$LATEST',
    namespace: platform.environmentId,
    memory_limit_in_mb: definition.memoryMegabytes,
    time_limit_in_ms: definition.timeoutSeconds * 1000,
    environment: JSON.stringify(environment),
    environ: Object.entries(environment)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
  }
}
