type Listener = (reason: unknown) => boolean

/** The one that was added last comes first. */
const listeners: Listener[] = []
let isListening = false

/**
 * Hears of promises that reject and that nobody handles, before the test's runner does.
 * @param listener says whether it takes the reason, which the runner then never hears of
 * @returns a function that ends it
 */
export function hearRejections(listener: Listener): () => void {
  listen()
  listeners.unshift(listener)
  return () => {
    const index = listeners.indexOf(listener)
    if (index >= 0) listeners.splice(index, 1)
  }
}

/** Node asks by `emit` whether anybody handles the rejection: no listener can keep it from the others. */
function listen(): void {
  if (isListening) return
  isListening = true
  const emit = process.emit
  Object.assign(process, {
    emit(name: string, ...values: unknown[]): boolean {
      if (name === 'unhandledRejection' && listeners.some((takes) => takes(values[0]))) return true
      return Reflect.apply(emit, process, [name, ...values]) as boolean
    },
  })
}
