import { Component, type Element as EaselElement } from 'glass-easel'
import { instanceAt } from '../components/component-instance.ts'
import { describeBox, describeScroll } from './node-fields.ts'

/** What `fields` of a query asks for. Source: https://developers.weixin.qq.com/miniprogram/dev/api/wxml/NodesRef.fields.html */
interface Fields {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  /** Names of the component's properties. */
  properties?: readonly string[]
  /** Names of CSS properties. */
  computedStyle?: readonly string[]
  context?: boolean
  node?: boolean
  ref?: boolean
}

type Callback = (result: unknown) => unknown

/** A page or component of the mini-program; `_$` is glass-easel's component. */
interface Root {
  readonly _$: EaselElement & {
    getShadowRoot(): { querySelectorAll(selector: string): EaselElement[] } | null
  }
}

interface Request {
  /** Undefined before the first page opens. */
  root: () => Root | undefined
  /** Undefined for the viewport. */
  selector: string | undefined
  isSingle: boolean
  fields: Fields
  callback: Callback | undefined
}

const RECT: Fields = { id: true, dataset: true, rect: true, size: true }

/** `wx.createSelectorQuery` and `this.createSelectorQuery`. Results arrive in a later task, as on a phone. */
export class SelectorQuery {
  readonly #fail: (error: unknown) => void
  readonly #requests: Request[] = []
  #root: Request['root']

  /**
   * @param root finds where to look, when the query is executed
   * @param fail reports what a callback throws
   */
  constructor(root: Request['root'], fail: (error: unknown) => void) {
    this.#root = root
    this.#fail = fail
  }

  /** What is no page or component leaves the query where it was. */
  in(root: Root | undefined): this {
    if (root?._$) this.#root = () => root
    return this
  }

  select(selector: string): NodesRef {
    return this.#nodes(String(selector), true)
  }

  selectAll(selector: string): NodesRef {
    return this.#nodes(String(selector), false)
  }

  selectViewport(): NodesRef {
    return this.#nodes(undefined, true)
  }

  exec(callback?: Callback): this {
    const requests = [...this.#requests]
    setTimeout(() => {
      const results = requests.map((request) => {
        const result = answer(request)
        this.#call(request.callback, result)
        return result
      })
      this.#call(callback, results)
    })
    return this
  }

  #nodes(selector: string | undefined, isSingle: boolean): NodesRef {
    const root = this.#root
    return new NodesRef((fields, callback) => {
      this.#requests.push({ root, selector, isSingle, fields, callback })
      return this
    })
  }

  #call(callback: Callback | undefined, result: unknown): void {
    if (typeof callback !== 'function') return
    try {
      callback(result)
    } catch (error) {
      this.#fail(error)
    }
  }
}

/** The nodes of one selector, of which one asks for something. */
class NodesRef {
  readonly fields: (fields: Fields, callback?: Callback) => SelectorQuery

  constructor(ask: (fields: Fields, callback?: Callback) => SelectorQuery) {
    this.fields = ask
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields(RECT, callback)
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, callback)
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback)
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback)
  }

  ref(callback?: Callback): SelectorQuery {
    return this.fields({ ref: true }, callback)
  }
}

function answer({ root: rootOf, selector, isSingle, fields }: Request): unknown {
  const root = rootOf()
  if (!root?._$) return isSingle ? null : []
  if (selector === undefined) return describeViewport(root, fields)
  const found = find(root, selector)
  if (!isSingle) return found.map((node) => describe(node, fields))
  const [first] = found
  return first ? describe(first, fields) : null
}

function find(root: Root, selector: string): EaselElement[] {
  try {
    return root._$.getShadowRoot()?.querySelectorAll(selector) ?? []
  } catch {
    return []
  }
}

function describeViewport(root: Root, fields: Fields): object {
  const element = root._$.$$ as unknown
  const layer = element instanceof Element ? element.closest('.wx-page-layer') : null
  const { clientWidth: width, clientHeight: height } = document.documentElement
  return {
    ...(fields.id ? { id: '' } : {}),
    ...(fields.dataset ? { dataset: {} } : {}),
    ...(fields.rect ? { left: 0, top: 0, right: width, bottom: height } : {}),
    ...(fields.size ? { width, height } : {}),
    ...(fields.scrollOffset && layer ? describeScroll(layer) : {}),
  }
}

function describe(node: EaselElement, fields: Fields): object {
  const box = node.$$ as unknown
  const element = box instanceof Element ? box : undefined
  const component = Component.isComponent(node) ? node : undefined
  const data = (component?.data ?? {}) as Record<string, unknown>
  const builtIn = instanceAt(element)
  const caller = component?.getMethodCaller()
  return {
    ...(fields.id ? { id: node.id } : {}),
    ...(fields.dataset ? { dataset: { ...node.dataset } } : {}),
    ...(fields.mark ? { mark: node.collectMarks() } : {}),
    ...describeBox(element, fields),
    ...(fields.scrollOffset ? describeScroll(element) : {}),
    ...Object.fromEntries((fields.properties ?? []).map((name) => [name, data[camelCase(name)]])),
    ...(fields.computedStyle ? describeStyle(element, fields.computedStyle) : {}),
    ...(fields.context ? { context: builtIn?.builtIn.context?.(builtIn) ?? null } : {}),
    // A component of the mini-program is its own node.
    ...(fields.node ? { node: builtIn ? (builtIn.builtIn.node?.(builtIn) ?? null) : (caller ?? null) } : {}),
    ...(fields.ref ? { ref: caller ?? null } : {}),
  }
}

function describeStyle(element: Element | undefined, names: readonly string[]): object {
  const style = element && getComputedStyle(element)
  return Object.fromEntries(
    names.map((name) => {
      const hyphenated = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      return [name, style?.getPropertyValue(hyphenated) ?? '']
    }),
  )
}

const camelCase = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
