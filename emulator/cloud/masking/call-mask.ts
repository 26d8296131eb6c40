import type { Caller } from '../caller.ts'
import { maskLongText } from './cut-text.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { maskText } from './mask-text.ts'
import { HIDDEN, isOpaque, isSecretField, maskNumber } from './secret-fields.ts'

/** What one call must not show, apart from what any text may not. */
export interface CallSecrets {
  caller: Caller
  event: unknown
  /** Environment variables of the function. */
  variables: Readonly<Record<string, string>>
}

/** Shorter values are words of every text. */
const LEAST_CHARACTERS = 6
const LEAST_CHARACTERS_OF_KEY = 8
const WORD = /[A-Za-z0-9_-]{6,128}/g
const SECRET_VARIABLE = /secret|key|token|password|passwd|credential/i
/** How much of an event is searched. */
const DEPTH = 8
const VALUES = 2000

/** Masks the texts of one call. */
export class CallMask {
  readonly #known: KnownSecrets
  readonly #values: readonly string[]

  constructor(secrets: CallSecrets, known: KnownSecrets) {
    this.#known = known
    this.#values = valuesOf(secrets)
  }

  /** A text of the function, such as a line of its log. */
  text(text: string): string {
    return maskText(this.exact(text))
  }

  /** As {@link text}, of a text that may be very long: then of its beginning. */
  longText(text: string): string {
    return maskLongText(text, (beginning) => this.text(beginning))
  }

  /** Source code: a `token: event.token` in it is no secret, so nothing but the values themselves is replaced. */
  exact(text: string): string {
    let masked = text
    for (const value of this.#values) masked = masked.replaceAll(value, HIDDEN)
    return masked.replace(WORD, (word) => {
      if (/^\d+$/.test(word)) return this.#known.isNumber(word) ? maskNumber(word) : word
      return this.#known.isSecret(word) ? HIDDEN : word
    })
  }
}

/** The longest first, so that none leaves a part of another. */
function valuesOf({ caller, event, variables }: CallSecrets): string[] {
  const people = [caller.openid, caller.unionid, caller.fromOpenid].flatMap((value) => value ?? [])
  const values = [...people, ...eventSecrets(event)].filter(({ length }) => length >= LEAST_CHARACTERS)
  const all = new Set([...values, ...variableSecrets(variables)])
  for (const value of [...all]) all.add(inAddress(value)).add(JSON.stringify(value).slice(1, -1))
  return [...all].sort((one, other) => other.length - one.length)
}

function inAddress(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    // Half of a character, which no address has.
    return value
  }
}

/** Texts of the event in fields of secrets, and codes of any kind in a field `code`. */
function eventSecrets(event: unknown): string[] {
  const secrets: string[] = []
  let left = VALUES
  const search = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEPTH) return
    for (const [name, inner] of Object.entries(value)) {
      if (left-- <= 0) return
      if (typeof inner !== 'string') search(inner, depth + 1)
      else if (isSecretField(name) || isCode(name, inner)) secrets.push(inner)
    }
  }
  search(event, 0)
  return secrets
}

function isCode(name: string, value: string): boolean {
  return name === 'code' && value.length >= 16 && isOpaque(value)
}

/** Values of variables whose names say so, and each key of a value that has several, such as `k2:…,k1:…`. */
function variableSecrets(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables)
    .filter(([name]) => SECRET_VARIABLE.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s,;:]+/)])
    .filter(({ length }) => length >= LEAST_CHARACTERS_OF_KEY)
}
