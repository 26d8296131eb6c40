import type { ErrorLog } from '../device/error-log.ts'

/**
 * `requirePlugin` of a mini-program. A plugin's code is on WeChat's servers alone: what it gives here has every function,
 * and none does anything. The panel says so once for each plugin.
 */
export function createRequirePlugin(errors: ErrorLog): unknown {
  const requirePlugin = (name: string): unknown => {
    errors.note(`requirePlugin('${name}')：这台手机没有实现插件，它的函数什么也不做`)
    return new Proxy({}, { get: (_target, field) => (field === 'then' ? undefined : () => undefined) })
  }
  return Object.assign(requirePlugin, { async: (name: string) => Promise.resolve(requirePlugin(name)) })
}
