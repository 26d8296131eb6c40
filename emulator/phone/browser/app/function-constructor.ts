import type { ErrorLog } from '../device/error-log.ts'

/**
 * WeChat runs no text as code, but lets libraries ask for the global object: `Function('return this')()` returns it,
 * any other text makes a function that does nothing. The browser would throw, and with it every page that has such a
 * library. The panel has a note about the second kind.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/guide/runtime/js-support.html
 */
export function replaceFunctionConstructor(errors: ErrorLog): void {
  const native = globalThis.Function
  const make = (parameters: unknown[]): (() => unknown) => {
    const body = String(parameters.at(-1) ?? '')
    if (/^\s*return this;?\s*$/.test(body)) return () => globalThis
    if (body.trim() !== '') {
      errors.note(
        `Function(${JSON.stringify(body.slice(0, 60))})：小程序不能把文本当代码运行，这个函数什么也不做`,
      )
    }
    return () => undefined
  }
  const replacement = new Proxy(native, {
    apply: (_native, _this, parameters) => make(parameters),
    construct: (_native, parameters) => make(parameters),
  })
  globalThis.Function = replacement
  // Code compares the constructor of a value with Function.
  native.prototype.constructor = replacement
}
