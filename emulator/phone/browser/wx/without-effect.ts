import type { ErrorLog } from '../device/error-log.ts'
import { asynchronous, type WxApis } from './api.ts'
import { isListener, OLD_NAMES, WECHAT_NAMES, WITHOUT_EFFECT } from './names.ts'

/**
 * The interfaces that succeed without an effect, and listeners to what never happens on this phone.
 * @param isTaken names that the phone implements, or that stay undefined
 */
export function apisWithoutEffect(errors: ErrorLog, isTaken: (name: string) => boolean): WxApis {
  const free = (names: readonly string[]) => names.filter((name) => !isTaken(name))
  const listeners = free([...WECHAT_NAMES, ...OLD_NAMES]).filter(isListener)
  return Object.fromEntries([
    ...listeners.map((name) => [name, silentListener(name, errors)]),
    ...free(WITHOUT_EFFECT).map((name) => [name, silentCall(name, errors)]),
  ])
}

function silentListener(name: string, errors: ErrorLog): () => void {
  return () => {
    if (name.startsWith('on'))
      errors.noteCall(`wx.${name}：这台手机上没有这个事件 · never fires on this phone`)
  }
}

function silentCall(name: string, errors: ErrorLog): (values?: unknown) => unknown {
  const call = asynchronous(name, () => undefined)
  return (values) => {
    errors.noteCall(`wx.${name}：这台手机上没有效果 · has no effect on this phone`)
    // Such as reportEvent(id, data): no options, so nobody waits for an answer.
    return typeof values === 'string' ? undefined : call(values)
  }
}
