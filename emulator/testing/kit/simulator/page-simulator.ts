import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Window } from 'happy-dom'
import { KitError } from '../../kit-error.ts'

const require = createRequire(import.meta.url)

/** An element of a rendered page, as j-component wraps it. */
export interface Element {
  dom: { tagName: string; textContent: string; outerHTML: string }
  instance: { data: Record<string, unknown> }
  querySelector(selector: string): Element | undefined
  querySelectorAll(selector: string): Element[]
  triggerPageLifeTime(name: string): void
  attach(parent: unknown): void
  detach(): void
  _exparserNode: ExparserNode
}

/** A node of a page as WeChat keeps it: slots, `wx:if` and `wx:for` are nodes without an element of their own. */
interface ExparserNode {
  id?: string
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
interface TemplateCompiler {
  wxmlToJs(rootPath: string, options?: object): string
}
interface JComponent {
  register(definition: object): void
}
/** A built-in element, or a component of the mini-program. */
interface ExparserComponent {
  $$?: {
    readonly tagName: string
    setAttribute(name: string, value: string): void
    toggleAttribute(name: string, isSet: boolean): void
  }
  hasExternalClass(name: string): boolean
  setExternalClass(name: string, value: unknown): void
}
interface Exparser {
  Component: { prototype: ExparserComponent }
  addGlobalErrorListener(listener: (error: Error, where: { element?: ExparserNode }) => void): void
  Element: (abstract new () => ExparserNode) & {
    getMethodCaller(node: ExparserNode): Element['instance']
  }
  Event: {
    dispatchEvent(node: unknown, event: unknown): void
    create(name: string, detail: unknown, options: object): unknown
  }
}

/** Attributes of built-in elements that tests read; the simulator alone drops all of them. */
const ATTRIBUTES = {
  button: { disabled: Boolean, loading: Boolean, openType: String, formType: String },
  image: { src: String },
  input: {
    value: String,
    maxlength: Number,
    placeholder: String,
    type: String,
    disabled: Boolean,
    name: String,
  },
  textarea: { value: String, maxlength: Number, placeholder: String, disabled: Boolean, name: String },
  navigator: { url: String, openType: String },
  checkbox: { value: String, checked: Boolean, disabled: Boolean },
  radio: { value: String, checked: Boolean, disabled: Boolean },
  switch: { checked: Boolean, disabled: Boolean, name: String },
  'checkbox-group': { name: String },
  'radio-group': { name: String },
  slider: { name: String, min: Number, max: Number, step: Number, value: Number, disabled: Boolean },
  picker: {
    name: String,
    mode: String,
    range: null,
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    disabled: Boolean,
  },
}

/** Fields of the page being loaded that are neither data nor functions: `Component` has no place for them. */
let ownFields: Record<string, unknown> = {}

/** Of the component being loaded: what the simulator keeps by it takes the place of what it kept by it before. */
let nextId: () => string = () => {
  throw new Error('no page is being loaded')
}

let loaded: { simulate: Simulate; exparser: Exparser } | undefined

/**
 * Loads WeChat's page simulator. It copies `globalThis.wx` when it is first required, so each phone sets its own after.
 * @throws KitError with the command that installs what is missing
 */
export async function prepareSimulator(): Promise<void> {
  if (loaded) return
  const { Window } = await import('happy-dom').catch(() => {
    throw missing()
  })
  if (loaded) return
  // Not vitest's own environment for it, which would also take Node's URL and fetch from the cloud under test.
  const window = new Window()
  Object.assign(globalThis, { window, document: window.document })
  Object.assign(requirePart('miniprogram-simulate/src/utils') as object, { getId: () => nextId() })
  keepTemplatesApart(requirePart('miniprogram-compiler', 'miniprogram-simulate') as TemplateCompiler)
  const simulate = requirePart('miniprogram-simulate') as Simulate
  const jComponent = requirePart('j-component', 'miniprogram-simulate') as JComponent
  const exparser = requirePart('miniprogram-exparser', 'miniprogram-simulate', 'j-component') as Exparser
  keepAttributes(exparser)
  for (const [id, properties] of Object.entries(ATTRIBUTES)) {
    jComponent.register({ id, tagName: `wx-${id}`, template: '<slot/>', properties })
  }
  Object.assign(globalThis, { Page: registerPage })
  exparser.addGlobalErrorListener((error, { element }) => {
    for (const listener of errorListeners) listener(error, element?.$$)
  })
  loaded = { simulate, exparser }
}

/** Prepares what WXS needs, which cannot be done twice in a process, and keeps all else to the code that follows. */
const OWN_TEMPLATES = `var __WXML_GLOBAL__ = Object.hasOwn(Function.prototype, 'nv_length') ? { wxs_nf_init: true } : {};`

/**
 * Compiled templates number their expressions and keep them in a global by number. Without this, a template of one
 * mini-program would be drawn with the expressions of another that was loaded before in this process.
 */
function keepTemplatesApart(compiler: TemplateCompiler): void {
  const { wxmlToJs } = compiler
  compiler.wxmlToJs = (...given) => `${OWN_TEMPLATES}\n${wxmlToJs.apply(compiler, given)}`
}

/**
 * Of attributes that it does not know, the simulator keeps `data-` and classes only. Tests find by `aria-label` too, and not
 * what is hidden.
 */
function keepAttributes({ Component: { prototype } }: Exparser): void {
  const { hasExternalClass, setExternalClass } = prototype
  prototype.hasExternalClass = function (name) {
    return isKept(this, name) || hasExternalClass.call(this, name)
  }
  prototype.setExternalClass = function (name, value) {
    if (!isKept(this, name)) setExternalClass.call(this, name, value)
    else if (name === 'hidden') this.$$?.toggleAttribute(name, value === true)
    else this.$$?.setAttribute(name, String(value))
  }
}

function isKept({ $$ }: ExparserComponent, name: string): boolean {
  return name.startsWith('aria-') || (name === 'hidden' && $$?.tagName.startsWith('WX-') === true)
}

type ErrorListener = (error: Error, dom: Element['dom'] | undefined) => void

const errorListeners = new Set<ErrorListener>()

/** Hears what handlers of pages and components throw, and in which element. @returns a function that ends it */
export function onPageError(listener: ErrorListener): () => void {
  errorListeners.add(listener)
  return () => errorListeners.delete(listener)
}

/** Whether `prepareSimulator` has nothing to do any more. */
export function isSimulatorReady(): boolean {
  return loaded !== undefined
}

function simulator(): { simulate: Simulate; exparser: Exparser } {
  if (!loaded) throw new Error('prepareSimulator comes first')
  return loaded
}

/** @param of packages that have the next one as their dependency */
function requirePart(name: string, ...of: string[]): unknown {
  try {
    const from = of.reduce((around, other) => createRequire(around.resolve(other)), require)
    return from(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') throw missing()
    throw error
  }
}

function missing(): KitError {
  return new KitError(
    '页面模拟器没有安装：npm install -D miniprogram-simulate happy-dom · the page simulator is not installed',
  )
}

/** `Page` is not there either. */
function registerPage({ data, behaviors, observers, options, ...rest }: Record<string, unknown>): void {
  const isMethod = ([, value]: [string, unknown]) => typeof value === 'function'
  const methods = Object.fromEntries(Object.entries(rest).filter(isMethod))
  ownFields = Object.fromEntries(Object.entries(rest).filter((entry) => !isMethod(entry)))
  const { Component } = globalThis as unknown as { Component(definition: object): void }
  const others = Object.entries({ behaviors, observers, options }).filter(([, value]) => value !== undefined)
  Component({ data, methods, ...Object.fromEntries(others) })
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

/** @param place whose pages these are: pages loaded for it before cannot be opened again */
export function renderPage(root: string, route: string, place: number): OpenPage {
  const { simulate } = simulator()
  let count = 0
  nextId = () => `place-${place}-${route.replaceAll('/', '-')}-${count++}`
  const id = simulate.load(join(root, route), 'page', { rootPath: root, compiler: 'official' })
  const fields = ownFields
  const element = simulate.render(id)
  const { instance } = element
  // A page's own, and not the element's, which the simulator keeps as text.
  Object.defineProperty(instance, 'id', { value: undefined, writable: true, configurable: true })
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

/** A tap as a finger makes it, which the elements around hear too. */
export function tapElement(element: Pick<Element, '_exparserNode'>): void {
  const { exparser } = simulator()
  const event = exparser.Event.create('tap', {}, { bubbles: true, capturePhase: true, composed: true })
  exparser.Event.dispatchEvent(element._exparserNode, event)
}

/** A finger that stays on an element, which the elements around hear too. */
export function longPressElement(element: Pick<Element, '_exparserNode'>): void {
  const { exparser } = simulator()
  for (const name of ['longpress', 'longtap']) {
    const event = exparser.Event.create(name, {}, { bubbles: true, capturePhase: true, composed: true })
    exparser.Event.dispatchEvent(element._exparserNode, event)
  }
}

/** Fires as WeChat does for an element's own events: at once, and at that element only. */
export function fire(element: Pick<Element, '_exparserNode'>, name: string, detail: unknown = {}): void {
  const { exparser } = simulator()
  const event = exparser.Event.create(name, detail, { bubbles: false, composed: false })
  exparser.Event.dispatchEvent(element._exparserNode, event)
}
