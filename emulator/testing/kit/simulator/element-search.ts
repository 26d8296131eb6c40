import { cssSelectorOf, ID_ATTRIBUTE } from '../css-selector.ts'
import { nthOf, selectorOf, type Target, textOf } from '../phone.ts'
import { type Element, everyElement } from './page-simulator.ts'
import { shownText } from './shown-text.ts'

/** An element on the screen. */
export type SeenElement = Pick<Element, 'dom' | 'instance' | '_exparserNode'>

const FIELDS = new Set(['WX-INPUT', 'WX-TEXTAREA'])

/** What a target means on a page, from top to bottom. */
export function searchPage(page: Element, target: Target, { isField }: { isField: boolean }): SeenElement[] {
  const elements = everyElement(page).filter((element) => domOf(element).closest('[hidden]') === null)
  const selector = selectorOf(target)
  const found =
    selector === undefined ? byText(elements, textOf(target)) : bySelector(elements, selector, page)
  return isField ? [...new Set(found.flatMap((element) => fieldsOf(element, elements)))] : found
}

/** The target's one among the matches; undefined if there is none. */
export function chosen<Match>(matches: readonly Match[], target: Target): Match | undefined {
  return matches[nthOf(target) ?? 0]
}

export function isDisabled(element: SeenElement, page: Element): boolean {
  return everyElement(page).some(
    (other) =>
      other.dom.tagName.startsWith('WX-') &&
      other.instance?.data?.['disabled'] === true &&
      isWithin(element, other),
  )
}

/** The nearest element of that tag that has this one inside, or is it. */
export function around(element: SeenElement, tag: string, page: Element): SeenElement | undefined {
  const dom = domAround(domOf(element), tag)
  return dom && everyElement(page).findLast((other) => domOf(other) === dom)
}

function domAround(dom: DomElement, tag: string): DomElement | undefined {
  for (let node: DomElement | null = dom; node; node = node.parentElement) {
    if (node.tagName === tag) return node
  }
  return undefined
}

function isWithin(inner: SeenElement, outer: SeenElement): boolean {
  return domOf(outer).contains(domOf(inner))
}

/** By the innermost elements that have the text, whole or in part. */
function byText(elements: readonly SeenElement[], text: string | RegExp): SeenElement[] {
  const isWhole = (name: string) => (typeof text === 'string' ? name === text : text.test(name))
  const isPart = (name: string) => (typeof text === 'string' ? name.includes(text) : text.test(name))
  const having = (fits: (name: string) => boolean) =>
    innermost(elements.filter((element) => namesOf(element).some(fits)))
  const whole = having(isWhole)
  return whole.length > 0 ? whole : having(isPart)
}

function namesOf({ dom, instance }: SeenElement): string[] {
  const { placeholder } = instance?.data ?? {}
  const label = domOf({ dom }).getAttribute('aria-label')
  const text = lineOf(dom)
  return [text, ...(typeof placeholder === 'string' ? [placeholder] : []), ...(label === null ? [] : [label])]
}

/** The text of an element in one line. */
export function lineOf(dom: SeenElement['dom']): string {
  return shownText(dom).replace(/\s+/g, ' ')
}

function innermost(elements: readonly SeenElement[]): SeenElement[] {
  return elements.filter(
    (element) => !elements.some((other) => other.dom !== element.dom && isWithin(other, element)),
  )
}

/** As the browser's phone finds them, from the same tags, classes and attributes. */
function bySelector(elements: readonly SeenElement[], selector: string, page: Element): SeenElement[] {
  for (const element of elements) reflectAttributes(element)
  const found = new Set(domOf(page).querySelectorAll(cssSelectorOf(selector)))
  return elements.filter(({ dom }) => found.has(dom))
}

/** What the browser's phone has as attributes, and the simulator as properties alone. */
function reflectAttributes({ dom, instance, _exparserNode: { id } }: SeenElement): void {
  const element = domOf({ dom })
  if (id) element.setAttribute(ID_ATTRIBUTE, id)
  if (!dom.tagName.startsWith('WX-')) return
  for (const name of ['disabled', 'loading']) {
    const isSet = instance?.data?.[name] === true
    if (element.hasAttribute(name) !== isSet) element.toggleAttribute(name, isSet)
  }
}

/** What the simulator renders into. */
function domOf({ dom }: Pick<SeenElement, 'dom'>): DomElement {
  return dom as unknown as DomElement
}

interface DomElement {
  readonly tagName: string
  readonly parentElement: DomElement | null
  closest(selector: string): DomElement | null
  contains(other: DomElement): boolean
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  setAttribute(name: string, value: string): void
  toggleAttribute(name: string, isSet: boolean): void
  querySelectorAll(selector: string): Iterable<SeenElement['dom']>
}

function fieldsOf(element: SeenElement, all: readonly SeenElement[]): SeenElement[] {
  if (FIELDS.has(element.dom.tagName)) return [element]
  return all.filter((other) => FIELDS.has(other.dom.tagName) && isWithin(other, element)).slice(0, 1)
}
