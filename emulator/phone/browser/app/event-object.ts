import { dataUtils, type Element as EaselElement, type ShadowedEvent } from 'glass-easel'

/** What `target` and `currentTarget` of an event say about an element. */
interface EventPlace {
  id: string
  /** Pixels from the element's offset parent. */
  offsetLeft: number
  offsetTop: number
  dataset: Record<string, unknown>
}

/** An event as handlers of a mini-program get it: plain values that can be copied into `data`. */
export interface EventObject extends Record<string, unknown> {
  type: string
  timeStamp: number
  target: EventPlace
  currentTarget: EventPlace
  mark: Record<string, unknown>
  detail: unknown
}

/** Fields of glass-easel's event that are not its own affair: `touches` and `changedTouches`. */
interface FieldsOfEvent {
  extraFields?: Record<string, unknown>
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html */
export function eventObject(event: ShadowedEvent<unknown>): EventObject {
  const { type, timeStamp, detail, mark } = event
  return {
    type,
    timeStamp,
    target: placeOf(event.target),
    currentTarget: placeOf(event.currentTarget),
    mark: mark ?? {},
    detail,
    ...(event as FieldsOfEvent).extraFields,
  }
}

/** glass-easel's element: it hands over a component's method caller in its place. */
export function elementOf(node: unknown): EaselElement {
  return (node as { _$?: EaselElement })._$ ?? (node as EaselElement)
}

function placeOf(node: unknown): EventPlace {
  const element = elementOf(node)
  const box = element.$$ as unknown
  const { offsetLeft = 0, offsetTop = 0 } = box instanceof HTMLElement ? box : {}
  return {
    id: element.id,
    offsetLeft,
    offsetTop,
    dataset: dataUtils.deepCopy(element.dataset ?? {}, true),
  }
}
