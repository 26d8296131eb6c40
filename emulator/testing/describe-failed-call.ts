import { describeThrown } from '../control/describe-thrown.ts'
import type { Invocation, ThrownError } from '../control/invocation.ts'

/**
 * What a function threw in a call, also an error that it caught and handed over: message, places in the sources and the
 * code around the first.
 * @returns undefined if it threw nothing
 */
export function describeThrownIn(call: Invocation): string | undefined {
  const thrown = thrownIn(call)
  return thrown && [`云函数 ${call.functionName} 出错 · threw:`, ...describeThrown(thrown)].join('\n')
}

/** As {@link describeThrownIn}, or the platform's words for a call that failed otherwise, as by its timeout. */
export function describeFailedCall(call: Invocation): string | undefined {
  const { error, functionName } = call
  const failure =
    error && `云函数 ${functionName} 没有回答 · gave no answer: ${error.errCode} ${error.errMsg}`
  return describeThrownIn(call) ?? failure
}

function thrownIn({ error, logs }: Invocation): ThrownError | undefined {
  return error?.thrown ?? logs.find(({ thrown }) => thrown !== undefined)?.thrown
}
