import fc from 'fast-check'

/** JSON that only a hand-made request can hold: an own field of this name. */
const parsed = (text: string): unknown => JSON.parse(text)

const deep = (levels: number): unknown => parsed(`${'['.repeat(levels)}${']'.repeat(levels)}`)
const deepObject = (levels: number): unknown => parsed(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)

/** Values that have broken other people's servers, besides any JSON at all. */
const notorious = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$where',
  '$ne',
  'a.b',
  '../../etc/passwd',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '\ud800',
  'broken-\udfff-pair',
  '\u0000',
  '\u202eright to left',
  '😀'.repeat(200),
  'e\u0301'.repeat(300),
  'x'.repeat(3000),
  'y'.repeat(9000),
  [],
  {},
  [[]],
  ['a', 'b'],
  { $gt: '' },
  { $ne: null },
  { $exists: true },
  { $regex: '.*' },
  { $in: ['a', 'b'] },
  { $where: 'sleep(1000)' },
  { $or: [{}, { a: 1 }] },
  { $set: { status: 'admin' } },
  { $date: 0 },
  { $oid: 'ffffffffffffffffffffffff' },
  { $numberLong: '1' },
  { 'a.b': 1 },
  { 'sessions.0.id': 'x' },
  { length: -1 },
  { operator: 'neq', operands: [''], fieldName: {}, _internalType: 'Symbol(internal)' },
  parsed('{"toJSON":"x","then":"y","valueOf":1}'),
  parsed('{"__proto__":{"isAdmin":true,"token":"x"}}'),
  parsed('{"constructor":{"prototype":{"token":"x"}}}'),
  deep(2000),
  deepObject(1000),
  Array(2000).fill(0),
)

/** What any field, or a whole request, may be. */
export const hostileValue = fc.oneof(
  { weight: 4, arbitrary: notorious },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
)

/** How one field of an honest request is tampered. */
export type Tampering = (honest: unknown) => unknown

const tampering = fc.oneof<fc.Arbitrary<Tampering>[]>(
  hostileValue.map((value) => () => value),
  fc.constant<Tampering>(() => undefined),
  fc.constant<Tampering>((honest) => [honest]),
  fc.constant<Tampering>((honest) => ({ $eq: honest })),
  fc.constant<Tampering>((honest) => ({ $ne: honest })),
  fc.constant<Tampering>((honest) => ({ ...(honest as object), $where: '1' })),
  fc.constant<Tampering>((honest) => (typeof honest === 'string' ? `${honest}\u0000` : String(honest))),
  fc.constant<Tampering>((honest) => (typeof honest === 'string' ? `${honest}\ud800` : [[honest]])),
  fc.constant<Tampering>((honest) => (typeof honest === 'string' ? honest.repeat(40) : -Number(honest))),
)

/** Every field that any function knows, and names that a careless one might trust. */
const KNOWN_FIELDS = [
  'action',
  'avatar',
  'city',
  'confirmed',
  'consent',
  'cursor',
  'days',
  'device',
  'id',
  'key',
  'nickname',
  'phone',
  'phoneCode',
  'reason',
  'scope',
  'sessionId',
  'ticket',
  'token',
  'type',
  'userId',
  'withoutPhone',
]
const TEMPTING_FIELDS = [
  '__proto__',
  'constructor',
  '$where',
  '$set',
  'status.x',
  'openid',
  '_openid',
  'OPENID',
  '_id',
  'userInfo',
  'Type',
  'TriggerName',
  'source',
  'tcbContext',
]

const field = fc.constantFrom(...KNOWN_FIELDS, ...TEMPTING_FIELDS)

/** A whole request that was never honest. */
export const anyRequest = fc.oneof(
  { weight: 1, arbitrary: hostileValue },
  { weight: 3, arbitrary: fc.array(fc.tuple(field, hostileValue), { maxLength: 8 }).map(objectOf) },
)

/** Bends one to three fields of a request, known or not. */
export const tamperings = fc.array(fc.tuple(field, tampering), { minLength: 1, maxLength: 3 })

export function tamperRequest(honest: object, changes: readonly (readonly [string, Tampering])[]): object {
  const fields = new Map<string, unknown>(Object.entries(honest))
  for (const [name, change] of changes) fields.set(name, change(fields.get(name)))
  return objectOf([...fields])
}

/** With `__proto__` as a field like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const made = {}
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return made
}

/** All texts of a value that are long enough to be known again. */
export function longTexts(value: unknown, found: string[] = [], depth = 0): string[] {
  if (typeof value === 'string' && value.length >= 12) found.push(value)
  if (typeof value === 'object' && value !== null && depth < 20) {
    for (const inner of Object.values(value)) longTexts(inner, found, depth + 1)
  }
  return found
}
