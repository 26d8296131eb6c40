import type { Element as EaselElement, ShadowedEvent } from 'glass-easel'
import type { WxsFunction, WxsRuntime } from '../../program/program.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from '../pages/attempt.ts'
import { ComponentDescriptor } from './component-descriptor.ts'
import { elementOf, eventObject } from './event-object.ts'
import { isNamedListener } from './handlers.ts'

/** First part of glass-easel's path to a function that is a value of `data`, and not in WXS. */
const IN_DATA = 0

/**
 * Calls functions of WXS for events, as `(event, ownerInstance)`, and for changes of properties, as
 * `(newValue, oldValue, ownerInstance, instance)`.
 */
export function wxsListeners(errors: ErrorLog): Pick<WxsRuntime, 'observe' | 'handle'> {
  /** First values that an element was created with, until its listeners are called. */
  const firstValues = new Map<unknown, Map<WxsFunction, unknown>>()
  const firstValuesOf = (element: unknown) => firstValues.get(element) ?? new Map<WxsFunction, unknown>()
  return {
    observe: (listener: WxsFunction) => (newValue, oldValue, host, element) => {
      const values = firstValuesOf(element)
      const isWaiting = values.has(listener)
      if (oldValue === undefined || isWaiting) firstValues.set(element, values.set(listener, newValue))
      // A component is created with the default values of its properties, and gets the given ones at once.
      if (isWaiting) return
      // WeChat calls it in the view, which has the whole template by then; the element may be gone again.
      queueMicrotask(() => {
        const value = values.has(listener) ? values.get(listener) : newValue
        values.delete(listener)
        if (values.size === 0) firstValues.delete(element)
        const box = elementOf(element).$$ as unknown
        if (box instanceof Element && !box.isConnected) return
        const [owner, instance] = [ComponentDescriptor.of(host), ComponentDescriptor.of(element)]
        attempt(errors, `${whereIs(host)} WXS change:`, () => listener(value, oldValue, owner, instance))
      })
    },
    handle(caller, event, listener, path) {
      const isInData = Array.isArray(path) && path[0] === IN_DATA
      if (isInData || isNamedListener(listener)) return listener.call(caller, event)
      const shadowed = event as ShadowedEvent<unknown>
      const instance = ComponentDescriptor.of(shadowed.currentTarget)
      let answer: unknown
      attempt(errors, `${whereIs(caller)} WXS ${shadowed.type}`, () => {
        answer = listener({ ...eventObject(shadowed), instance }, ComponentDescriptor.of(caller))
      })
      return answer
    },
  }
}

const whereIs = (node: unknown) => (elementOf(node) as EaselElement & { is?: string }).is ?? ''
