/** What the kit's scripts in the browser use of the DOM, whose types are not there for the rest of the program. */
export interface DomElement {
  readonly innerText: string
  readonly textContent: string | null
  readonly tagName: string
  /** The element of WeChat's components that this one stands for. */
  readonly __wxElement?: { readonly id: string; readonly dataset: Readonly<Record<string, unknown>> }
  readonly clientHeight: number
  readonly scrollHeight: number
  scrollTop: number
  checkVisibility(options: object): boolean
  closest(selector: string): DomElement | null
  contains(other: DomElement): boolean
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  matches(selector: string): boolean
  querySelector(selector: string): DomElement | null
  querySelectorAll(selector: string): Iterable<DomElement>
}

export interface DomWindow {
  readonly parent: unknown
  readonly document: Pick<DomElement, 'querySelectorAll'>
  readonly localStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  requestAnimationFrame(run: () => void): void
  MutationObserver: new (
    listener: (changes: Iterable<{ addedNodes: Iterable<object> }>) => void,
  ) => { observe(target: unknown, options: object): void }
}
