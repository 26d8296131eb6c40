/** What `observe` asks for, in pixels; `orientation` is `portrait` or `landscape`. */
type Descriptor = Readonly<Record<string, unknown>>

const FEATURES: Readonly<Record<string, string>> = {
  minWidth: 'min-width',
  maxWidth: 'max-width',
  width: 'width',
  minHeight: 'min-height',
  maxHeight: 'max-height',
  height: 'height',
}

/** Tells whether the screen is as described, once at the start and whenever that changes. */
export class PhoneMediaQueryObserver {
  #query: MediaQueryList | undefined
  #listener: (() => void) | undefined

  observe(descriptor: Descriptor, listener: (result: { matches: boolean }) => unknown): void {
    this.disconnect()
    const query = matchMedia(queryOf(descriptor))
    const tell = () => void listener({ matches: query.matches })
    this.#query = query
    this.#listener = tell
    query.addEventListener('change', tell)
    setTimeout(() => {
      if (this.#listener === tell) tell()
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
