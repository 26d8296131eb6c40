import type { Invocation } from '../../control/invocation.ts'

export type Path = readonly (string | number)[]

/** Values of an event that a test makes while it runs. */
export type MadeValue =
  /** A code of the phone button. */
  | { kind: 'phone-code' }
  /** A code of `wx.login`. */
  | { kind: 'login-code' }
  /** A part of what an earlier call is answered. */
  | { kind: 'answer'; call: Invocation; path: Path }
  /** A secret or a number that nothing in the log gives. `shown` is what the log has of it. */
  | { kind: 'unknown'; shown: string }

/** Stands in an event for a value that is made. */
export class Made {
  readonly value: MadeValue

  constructor(value: MadeValue) {
    this.value = value
  }
}

/**
 * The event of a call with what is to be made in place of what the log hides.
 * @param event as it was; undefined if it is not kept any more
 * @param shown as the log has it, masked
 * @param make called for each text that the log hides, with the text itself if it is kept, and its path
 */
export function eventTemplate(
  event: unknown,
  shown: unknown,
  make: (hidden: { text: string | undefined; shown: string; path: Path }) => MadeValue,
  path: Path = [],
): unknown {
  if (typeof shown === 'string') {
    const isHidden = event === undefined ? /••|\*\*/.test(shown) : event !== shown
    if (!isHidden) return shown
    return new Made(make({ text: typeof event === 'string' ? event : undefined, shown, path }))
  }
  if (typeof shown !== 'object' || shown === null) return shown
  const inner = (name: string | number) =>
    typeof event === 'object' && event !== null
      ? (event as Record<string | number, unknown>)[name]
      : undefined
  if (Array.isArray(shown)) {
    return shown.map((value, index) => eventTemplate(inner(index), value, make, [...path, index]))
  }
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [
      name,
      eventTemplate(inner(name), value, make, [...path, name]),
    ]),
  )
}

/** Replaces the values that are made. */
export function fillTemplate(template: unknown, fill: (made: MadeValue) => unknown): unknown {
  if (template instanceof Made) return fill(template.value)
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, fill))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fillTemplate(value, fill)]),
  )
}

/** All values of a template that are made. */
export function madeIn(template: unknown): MadeValue[] {
  const found: MadeValue[] = []
  fillTemplate(template, (made) => found.push(made))
  return found
}

/** Where a text stands in a value; undefined for nowhere. */
export function pathTo(text: string, value: unknown): Path | undefined {
  if (value === text) return []
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const path = pathTo(text, inner)
    if (path) return [Array.isArray(value) ? Number(name) : name, ...path]
  }
  return undefined
}

/** @returns undefined where the value has no such path */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[part]
        : undefined,
    value,
  )
}
