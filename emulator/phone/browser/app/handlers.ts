import { Component } from 'glass-easel'
import type { Templates } from '../../program.ts'
import type { ErrorLog } from '../device/error-log.ts'

type Host = Parameters<typeof Component.getMethod>[0]
/** glass-easel's hand that draws a template; `v` listens to an event. */
interface Drawer {
  v: (element: unknown, event: string, handler: unknown, ...rest: unknown[]) => void
}
type Draw = (drawer: Drawer, ...rest: unknown[]) => unknown
type Template = (name: string) => Draw

const patched = new WeakSet<Drawer>()

/**
 * A compiled template whose handlers are found as WeChat finds them: methods, then functions that were put onto the
 * instance. One that is not there is told, since it does nothing.
 */
export function tellMissingHandlers(template: Templates[string], errors: ErrorLog): Template {
  return (name) => {
    const draw = (template as Template)(name)
    return (drawer, ...rest) => {
      if (!patched.has(drawer)) patch(drawer, errors)
      return draw(drawer, ...rest)
    }
  }
}

function patch(drawer: Drawer, errors: ErrorLog): void {
  patched.add(drawer)
  const listen = drawer.v
  drawer.v = (element, event, handler, ...rest) => {
    const isName = typeof handler === 'string' && handler !== ''
    listen(element, event, isName ? findWhenCalled(handler, event, errors) : handler, ...rest)
  }
}

function findWhenCalled(name: string, event: string, errors: ErrorLog) {
  return function (this: { _$: Host } & Record<string, unknown>, ...parameters: unknown[]): unknown {
    const handler = Component.getMethod(this._$, name) ?? this[name]
    if (typeof handler === 'function') return handler.apply(this, parameters)
    errors.add(`${this._$.is}: 没有方法 ${name}，${event} 事件没有人处理`)
    return undefined
  }
}
