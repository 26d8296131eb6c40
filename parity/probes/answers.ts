import { type Probe, probe } from '../core/probe.ts'

class WithPrototype {
  own = 1
  get inherited(): number {
    return 2
  }
}

function circular(): object {
  const value: Record<string, unknown> = {}
  value['self'] = value
  return value
}

/** Answers of every type. */
const ANSWERS: Readonly<Record<string, () => unknown>> = {
  nothing: () => {},
  undefined: () => undefined,
  null: () => null,
  number: () => 1.5,
  text: () => '文字',
  'json-text': () => '{"a":1}',
  date: () => new Date(0),
  'invalid-date': () => ({ at: new Date(Number.NaN) }),
  'not-a-number': () => Number.NaN,
  infinity: () => ({ a: Number.POSITIVE_INFINITY, b: -0 }),
  'undefined-field': () => ({ a: undefined, b: 1 }),
  'undefined-item': () => [undefined, 1],
  function: () => ({ a: () => 1, b: 1 }),
  symbol: () => ({ a: Symbol('a'), b: 1 }),
  map: () => ({ map: new Map([['a', 1]]), set: new Set([1]) }),
  buffer: () => Buffer.from('ab'),
  bytes: () => ({ array: new Uint8Array([1, 2]), buffer: new ArrayBuffer(2) }),
  'regular-expression': () => ({ pattern: /a/g }),
  error: () => new Error('as an answer'),
  'to-json': () => ({ toJSON: () => 'from toJSON' }),
  'prototype-fields': () => new WithPrototype(),
}

const FAILURES: Readonly<Record<string, () => unknown>> = {
  bigint: () => ({ a: 1n }),
  circular,
  error: () => {
    throw new Error('as thrown')
  },
  'error-with-number': () => {
    throw Object.assign(new Error('as thrown'), { errCode: 12345, code: 'AS_THROWN' })
  },
  text: () => {
    throw 'a text'
  },
  object: () => {
    throw { errCode: 12345, errMsg: 'an object' }
  },
  undefined: () => {
    throw undefined
  },
  'type-error': () => {
    throw new TypeError('a type')
  },
  exit: () => process.exit(3),
}

const named = (prefix: string, table: Readonly<Record<string, () => unknown>>): Probe[] =>
  Object.entries(table).map(([name, run]) => probe(`${prefix}-${name}`, run))

/** What a called function answers, and how it fails. */
export const ANSWER_PROBES: readonly Probe[] = [
  ...named('answer', ANSWERS),
  ...named('failure', FAILURES),
  probe('echo', (data) => data),
  probe('long', (data) => 'x'.repeat(Number(data))),
  probe('length', (data) => String(data).length),
]
