import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Window } from 'happy-dom'

const require = createRequire(import.meta.url)

/** An element of a rendered page, as j-component wraps it. */
export interface Element {
  dom: { textContent: string; outerHTML: string }
  instance: { data: Record<string, unknown> }
  querySelector(selector: string): Element | undefined
  querySelectorAll(selector: string): Element[]
  attach(parent: unknown): void
  detach(): void
  _exparserNode: { dataset: Record<string, unknown> }
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

let loaded: { simulate: Simulate; exparser: Exparser } | undefined

/** WeChat's page simulator. It copies `globalThis.wx` when it is first required, so each test sets its own after. */
function simulator(): { simulate: Simulate; exparser: Exparser } {
  if (loaded) return loaded
  // Not vitest's own environment for it, which would also take Node's URL and fetch from the cloud under test.
  const window = new Window()
  Object.assign(globalThis, { window, document: window.document })
  const simulate = require('miniprogram-simulate') as Simulate
  const jComponent = require('j-component') as JComponent
  const exparser = require('miniprogram-exparser') as Exparser
  for (const [id, properties] of Object.entries(ATTRIBUTES)) {
    jComponent.register({ id, tagName: `wx-${id}`, template: '<slot/>', properties })
  }
  Object.assign(globalThis, { Page: registerPage })
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

export function renderPage(root: string, route: string): { element: Element; instance: PageInstance } {
  const { simulate } = simulator()
  const id = simulate.load(join(root, route), 'page', { rootPath: root, compiler: 'official' })
  const fields = ownFields
  const element = simulate.render(id)
  const { instance } = element
  Object.assign(instance, structuredClone(fields))
  const { document } = globalThis as unknown as { document: Window['document'] }
  const host = document.createElement('page')
  document.body.appendChild(host)
  element.attach(host)
  return { element, instance }
}

/** Fires as WeChat does for an element's own events: at once, and at that element only. */
export function fire(element: Element, name: string, detail: unknown = {}): void {
  const { exparser } = simulator()
  const event = exparser.Event.create(name, detail, { bubbles: false, composed: false })
  exparser.Event.dispatchEvent(element._exparserNode, event)
}

/** Every module of this mini-program is run anew, as after closing it. */
export function forgetModules(root: string): void {
  for (const path of Object.keys(require.cache)) if (path.startsWith(root)) delete require.cache[path]
}

export function runModule<Module>(root: string, path: string): Module {
  return require(join(root, path)) as Module
}
