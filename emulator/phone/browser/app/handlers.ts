import { Component, type ShadowedEvent } from 'glass-easel'
import type { Templates } from '../../program/program.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { eventObject } from './event-object.ts'

type EaselInstance = Parameters<typeof Component.getMethod>[0]
/** glass-easel's renderer of a template; `v` adds an event listener. */
interface Drawer {
  v: (element: unknown, event: string, handler: unknown, ...rest: unknown[]) => void
}
type Draw = (drawer: Drawer, ...rest: unknown[]) => unknown
type Template = (name: string) => Draw

const patched = new WeakSet<Drawer>()

/** `catchtouchmove` without a value, or `catchtouchmove="true"`: stops the event and calls nothing. */
const NOTHING = new Set<unknown>([true, 'true'])

/**
 * Wraps a compiled template so that handlers are looked up as in WeChat: first methods, then functions assigned to the
 * instance. They get plain events. A missing handler is noted when its event fires.
 */
export function connectHandlers(template: Templates[string], errors: ErrorLog): Template {
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
    const [isFinal, , , isDynamic] = rest
    // An expression that gives an empty text listens to nothing; an empty text in the WXML stops the event.
    const isStop = NOTHING.has(handler) || (handler === '' && isFinal === true && isDynamic === false)
    const isName = typeof handler === 'string' && handler !== ''
    const listener = isStop ? stop : isName ? findWhenCalled(handler, event, errors) : handler
    listen(element, event, listener, ...rest)
  }
}

const stop = () => undefined

/** Listeners that look up a method by its name; all other functions in a template are WXS. */
const namedListeners = new WeakSet<object>([stop])

/** Whether a listener calls a method of the page or component, and not WXS. */
export const isNamedListener = (listener: object) => namedListeners.has(listener)

function findWhenCalled(name: string, type: string, errors: ErrorLog) {
  const listener = function (
    this: { _$: EaselInstance } & Record<string, unknown>,
    event: ShadowedEvent<unknown>,
  ): unknown {
    const handler = Component.getMethod(this._$, name) ?? this[name]
    if (typeof handler === 'function') {
      const answer: unknown = handler.call(this, eventObject(event))
      // Only handlers in WXS stop an event by their answer.
      return answer === false ? undefined : answer
    }
    errors.note(`提示 ${this._$.is}: 没有方法 ${name}，${type} 事件没有人处理`)
    return undefined
  }
  namedListeners.add(listener)
  return listener
}
