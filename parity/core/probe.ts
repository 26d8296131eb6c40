/** What the function does when it calls itself, for questions about calls. */
export interface Probe {
  readonly name: string
  /** @returns the answer of the call, whatever it is */
  readonly run: (data: unknown, context: unknown) => unknown
}

export function probe(name: string, run: Probe['run']): Probe {
  return { name, run }
}
