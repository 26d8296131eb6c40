/** Parameter of `observe`: lengths in pixels; `orientation` is `portrait` or `landscape`. */
type Descriptor = Readonly<Record<string, unknown>>

const FEATURES: Readonly<Record<string, string>> = {
  minWidth: 'min-width',
  maxWidth: 'max-width',
  width: 'width',
  minHeight: 'min-height',
  maxHeight: 'max-height',
  height: 'height',
}

/** WeChat's MediaQueryObserver: calls its listener at the start and whenever the match changes. */
export class PhoneMediaQueryObserver {
  #query: MediaQueryList | undefined
  #listener: (() => void) | undefined

  observe(descriptor: Descriptor, listener: (result: { matches: boolean }) => unknown): void {
    this.disconnect()
    const query = matchMedia(queryOf(descriptor))
    const notify = () => void listener({ matches: query.matches })
    this.#query = query
    this.#listener = notify
    query.addEventListener('change', notify)
    setTimeout(() => {
      if (this.#listener === notify) notify()
    })
  }

  disconnect(): void {
    if (this.#listener) this.#query?.removeEventListener('change', this.#listener)
    this.#listener = undefined
  }
}

function queryOf(descriptor: Descriptor): string {
  const conditions = Object.entries(FEATURES).flatMap(([name, feature]) =>
    typeof descriptor[name] === 'number' ? [`(${feature}: ${descriptor[name]}px)`] : [],
  )
  const { orientation } = descriptor
  if (orientation === 'portrait' || orientation === 'landscape')
    conditions.push(`(orientation: ${orientation})`)
  return conditions.join(' and ') || 'all'
}
