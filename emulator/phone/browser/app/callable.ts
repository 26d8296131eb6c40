import type { ErrorLog } from '../device/error-log.ts'

type Callable = (...parameters: unknown[]) => unknown

/**
 * What WXML may call: functions of WXS and of the data. A method of a value, as in `{{price.toFixed(2)}}`, is called
 * without its value, so it cannot work; WeChat shows nothing in its place, and so does the phone, with a note.
 */
export function createCallable(errors: ErrorLog): (value: unknown) => Callable {
  const tolerant = new WeakMap<Callable, Callable>()
  return (value) => {
    if (typeof value !== 'function') return () => undefined
    const known = tolerant.get(value as Callable)
    if (known) return known
    const callable = isNative(value) ? tolerate(value as Callable, errors) : (value as Callable)
    tolerant.set(value as Callable, callable)
    return callable
  }
}

function tolerate(native: Callable, errors: ErrorLog): Callable {
  return (...parameters) => {
    try {
      return native(...parameters)
    } catch {
      errors.note(`WXML 的 {{ }} 里不能调用方法 ${native.name}()，显示为空：请用 WXS，或在脚本里算好`)
      return undefined
    }
  }
}

const isNative = (value: object) => /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value))
