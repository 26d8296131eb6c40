import type { DomElement, DomWindow } from './dom.ts'

/**
 * Runs in the window of the phone or of its screen: finds what a person sees. Uses nothing from around it, because its
 * text is sent to the browser.
 */
export interface Search {
  /** CSS selector of the boxes in which to search, the topmost last. */
  within: string
  selector?: string
  text?: string
  pattern?: { source: string; flags: string }
  /** Looks for a field, by placeholder or label too. */
  isField: boolean
}

export interface Found {
  /** Of each match. Each has the attribute `data-kit` with its place in this list. */
  matches: { isDisabled: boolean; text: string }[]
}

export function searchScreen({ within, selector, text, pattern, isField }: Search): Found {
  const { document } = globalThis as unknown as DomWindow
  const boxes = [...document.querySelectorAll(within)]
  for (const marked of document.querySelectorAll('[data-kit]')) marked.removeAttribute('data-kit')
  const isSeen = (element: DomElement) =>
    element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null
  const all = boxes.flatMap((box) => [...box.querySelectorAll('*')]).filter(isSeen)
  const shown = (element: DomElement) =>
    (element.innerText ?? element.textContent ?? '').replace(/\s+/g, ' ').trim()
  const namesOf = (element: DomElement) =>
    [
      element.getAttribute('aria-label'),
      element.getAttribute('placeholder'),
      element.getAttribute('alt'),
    ].flatMap((name) => name ?? [])
  const expression = pattern && new RegExp(pattern.source, pattern.flags.replace('g', ''))
  const isWhole = (name: string) => (expression ? expression.test(name) : name === text)
  const isPart = (name: string) => (expression ? expression.test(name) : name.includes(text ?? ''))
  const innermost = (elements: DomElement[]) =>
    elements.filter((element) => !elements.some((other) => other !== element && element.contains(other)))
  const having = (fits: (name: string) => boolean) =>
    innermost(all.filter((element) => fits(shown(element)) || namesOf(element).some(fits)))
  // WeChat's components keep id and dataset in a place of their own.
  const reflect = (element: DomElement) => {
    const { id, dataset = {} } = element.__wxElement ?? {}
    if (id) element.setAttribute('data-wx-id', id)
    for (const [name, value] of Object.entries(dataset))
      element.setAttribute(
        `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        String(value),
      )
  }
  const found = () => {
    if (selector !== undefined) {
      if (selector.includes('[data-')) all.forEach(reflect)
      return boxes.flatMap((box) => [...box.querySelectorAll(selector)]).filter(isSeen)
    }
    const whole = having(isWhole)
    const named = whole.length > 0 ? whole : having(isPart)
    // A field and what it shows as its placeholder are one place.
    return [...new Set(named.map((element) => element.closest('wx-input, wx-textarea') ?? element))]
  }
  const fieldOf = (element: DomElement): DomElement[] => {
    const fields = 'input:not([type="range"]), textarea, [contenteditable]'
    if (element.matches(fields)) return [element]
    const inside = element.querySelector(fields)
    return inside ? [inside] : []
  }
  const elements = isField ? [...new Set(found().flatMap(fieldOf))] : found()
  const matches = elements.map((element, index) => {
    element.setAttribute('data-kit', String(index))
    const disabled = element.closest('[disabled], [aria-disabled="true"]')
    return { isDisabled: disabled !== null, text: shown(element) }
  })
  return { matches }
}
