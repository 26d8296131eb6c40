import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Window } from 'happy-dom'

const require = createRequire(import.meta.url)

/** An element of a rendered page, as j-component wraps it. */
export interface Element {
  dom: { tagName: string; textContent: string; outerHTML: string }
  instance: { data: Record<string, unknown> }
  querySelector(selector: string): Element | undefined
  querySelectorAll(selector: string): Element[]
  attach(parent: unknown): void
  detach(): void
  _exparserNode: ExparserNode
}

/** A node of a page as WeChat keeps it: slots, `wx:if` and `wx:for` are nodes without an element of their own. */
interface ExparserNode {
  dataset: Record<string, unknown>
  shadowRoot?: ExparserNode
  childNodes: ExparserNode[]
  $$?: Element['dom']
}

/** A page's own `this`. */
export type PageInstance = Record<string, unknown> & { route?: string; data: Record<string, unknown> }

interface Simulate {
  load(path: string, tag: string, options: { rootPath: string; compiler: string }): string
  render(id: string): Element & { instance: PageInstance }
}
interface JComponent {
  register(definition: object): void
}
interface Exparser {
  Element: (abstract new () => ExparserNode) & {
    getMethodCaller(node: ExparserNode): Element['instance']
  }
  Event: {
    dispatchEvent(node: unknown, event: unknown): void
    create(name: string, detail: unknown, options: object): unknown
  }
}

/** Attributes of built-in elements that tests look at; the simulator alone drops all of them. */
const ATTRIBUTES = {
  button: { disabled: Boolean, loading: Boolean, openType: String },
  image: { src: String },
  input: { value: String, maxlength: Number, placeholder: String, type: String },
}

/** Fields of the page being loaded that are neither data nor functions: `Component` has no place for them. */
let ownFields: Record<string, unknown> = {}

/** Of the component being loaded: what the simulator keeps by it takes the place of what it kept by it before. */
let nextId: () => string = () => {
  throw new Error('no page is being loaded')
}

let loaded: { simulate: Simulate; exparser: Exparser } | undefined

/** WeChat's page simulator. It copies `globalThis.wx` when it is first required, so each test sets its own after. */
function simulator(): { simulate: Simulate; exparser: Exparser } {
  if (loaded) return loaded
  // Not vitest's own environment for it, which would also take Node's URL and fetch from the cloud under test.
  const window = new Window()
  Object.assign(globalThis, { window, document: window.document })
  Object.assign(require('miniprogram-simulate/src/utils'), { getId: () => nextId() })
  const simulate = require('miniprogram-simulate') as Simulate
  const jComponent = require('j-component') as JComponent
  const exparser = require('miniprogram-exparser') as Exparser
  for (const [id, properties] of Object.entries(ATTRIBUTES)) {
    jComponent.register({ id, tagName: `wx-${id}`, template: '<slot/>', properties })
  }
  Object.assign(globalThis, { Page: registerPage, App: (app: { onLaunch(): unknown }) => app.onLaunch() })
  loaded = { simulate, exparser }
  return loaded
}

/** `Page` is not there either. */
function registerPage({ data, ...rest }: Record<string, unknown>): void {
  const isMethod = ([, value]: [string, unknown]) => typeof value === 'function'
  const methods = Object.fromEntries(Object.entries(rest).filter(isMethod))
  ownFields = Object.fromEntries(Object.entries(rest).filter((entry) => !isMethod(entry)))
  const { Component } = globalThis as unknown as { Component(definition: object): void }
  Component({ data, methods })
}

export function prepareSimulator(): void {
  simulator()
}

/** A page on the screen. */
export interface OpenPage {
  element: Element
  instance: PageInstance
  /** Takes it off, with the styles and the place that were made for it: finding them takes longer the more there are. */
  remove(): void
}

const freePlaces: number[] = []
let placesMade = 0

/**
 * A place for the pages of one phone. The simulator forgets nothing that was loaded unless something else is loaded in
 * its place, so places are used again.
 */
export function takePlace(): number {
  return freePlaces.pop() ?? placesMade++
}

export function giveBackPlace(place: number): void {
  freePlaces.push(place)
}

/** @param place whose pages these are: what was loaded for it before can be opened no more */
export function renderPage(root: string, route: string, place: number): OpenPage {
  const { simulate } = simulator()
  let count = 0
  nextId = () => `place-${place}-${route.replaceAll('/', '-')}-${count++}`
  const id = simulate.load(join(root, route), 'page', { rootPath: root, compiler: 'official' })
  const fields = ownFields
  const element = simulate.render(id)
  const { instance } = element
  Object.assign(instance, structuredClone(fields))
  const { document } = globalThis as unknown as { document: Window['document'] }
  const host = document.createElement('page')
  document.body.appendChild(host)
  element.attach(host)
  const remove = () => {
    element.detach()
    host.remove()
    document.getElementById(id)?.remove()
  }
  return { element, instance, remove }
}

/** Every element that is on the screen, those inside of components too, from top to bottom. */
export function everyElement(page: Element): Pick<Element, 'dom' | 'instance' | '_exparserNode'>[] {
  const { Element: ExparserElement } = simulator().exparser
  const within = (node: ExparserNode): ExparserNode[] => {
    const inner = [...(node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes]
    return [node, ...inner.filter((child) => child instanceof ExparserElement).flatMap(within)]
  }
  return within(page._exparserNode).flatMap((node) => {
    if (!node.$$?.tagName) return []
    return [{ dom: node.$$, instance: ExparserElement.getMethodCaller(node), _exparserNode: node }]
  })
}

/** Fires as WeChat does for an element's own events: at once, and at that element only. */
export function fire(element: Pick<Element, '_exparserNode'>, name: string, detail: unknown = {}): void {
  const { exparser } = simulator()
  const event = exparser.Event.create(name, detail, { bubbles: false, composed: false })
  exparser.Event.dispatchEvent(element._exparserNode, event)
}
