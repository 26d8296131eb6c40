import * as v from 'valibot'
import type { Operation, ResultBlock } from '../control/operations.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const texts = v.record(v.string(), v.string())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const anyFunction = v.custom<(...parameters: never[]) => unknown>((value) => typeof value === 'function')

const field = v.strictObject({
  name: text,
  label: text,
  type: v.optional(v.picklist(['text', 'longText', 'number', 'time', 'date', 'boolean', 'select', 'choice'])),
  options: v.optional(texts),
  isRequired: v.optional(v.boolean()),
  leastCharacters: v.optional(count),
  mostCharacters: v.optional(count),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  pattern: v.optional(v.pipe(text, v.check(isRegularExpression, 'a regular expression'))),
  hint: v.optional(text),
  initial: v.optional(v.union([v.string(), v.number(), v.boolean()])),
})

const shown = v.strictObject({
  path: text,
  label: text,
  as: v.optional(v.picklist(['text', 'number', 'time', 'code', 'boolean'])),
  texts: v.optional(texts),
  tones: v.optional(v.record(v.string(), v.picklist(['good', 'bad', 'warn']))),
})

const block = v.variant('kind', [
  v.strictObject({
    kind: v.literal('table'),
    title: text,
    path: text,
    columns: v.array(shown),
    key: v.optional(text),
    opens: v.optional(text),
    operations: v.optional(v.array(text)),
    more: v.optional(v.strictObject({ path: text, field: v.optional(text) })),
    empty: v.optional(text),
  }),
  v.strictObject({
    kind: v.literal('details'),
    title: text,
    path: text,
    fields: v.array(shown),
    key: v.optional(text),
    operations: v.optional(v.array(text)),
  }),
  v.strictObject({ kind: v.literal('sealed'), label: text, path: text }),
  v.strictObject({
    kind: v.literal('totals'),
    items: v.array(v.strictObject({ path: text, label: text, note: v.optional(text) })),
  }),
  v.strictObject({
    kind: v.literal('counts'),
    title: text,
    path: text,
    over: v.optional(text),
    label: text,
    texts: v.optional(texts),
  }),
  v.strictObject({
    kind: v.literal('chart'),
    title: text,
    path: text,
    isNewestFirst: v.optional(v.boolean()),
    label: text,
    labelTitle: text,
    series: v.array(v.strictObject({ path: text, name: text })),
  }),
])

const operation = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z\d-]{1,40}$/)),
  name: text,
  description: v.optional(text),
  function: text,
  event: v.optional(v.record(v.string(), v.unknown())),
  fields: v.optional(v.array(field)),
  result: v.optional(v.array(block)),
  runsAtOnce: v.optional(v.boolean()),
  confirm: v.optional(text),
  isDangerous: v.optional(v.boolean()),
  subject: v.optional(
    v.strictObject({
      field: text,
      collection: v.optional(text),
      when: v.optional(
        v.strictObject({ path: text, in: v.array(v.union([v.string(), v.number(), v.boolean()])) }),
      ),
      most: v.optional(v.pipe(count, v.minValue(1))),
    }),
  ),
})

export const operationsSchema = v.strictObject({
  title: v.optional(text),
  operations: v.array(operation),
  authorize: v.optional(anyFunction),
  open: v.optional(anyFunction),
})

/** @returns a line for each name that the operations do not have, and each id that two have */
export function findOperationFaults(operations: readonly Operation[]): string[] {
  const byId = new Map(operations.map((one) => [one.id, one]))
  const twice = operations.filter((one) => byId.get(one.id) !== one)
  return [
    ...twice.map(({ id }) => `operations: ${id} 有两个 · there are two`),
    ...operations.flatMap((one) => findFaultsOf(one, byId)),
  ]
}

function findFaultsOf(one: Operation, byId: ReadonlyMap<string, Operation>): string[] {
  const prefix = `operations: ${one.id}`
  const names = new Set(one.fields?.map(({ name }) => name))
  const { subject, result = [] } = one
  const named = result.flatMap((found) => operationsOf(found).map((id) => ({ id, hasKey: hasKey(found) })))
  return [
    ...(subject && !names.has(subject.field)
      ? [`${prefix}: subject.field ${subject.field} 不在 fields 里 · is not among the fields`]
      : []),
    ...named.flatMap(({ id, hasKey: isKeyed }) => {
      if (!byId.get(id)?.subject)
        return [`${prefix}: ${id} 不是带 subject 的操作 · is no operation with a subject`]
      return isKeyed ? [] : [`${prefix}: ${id} 需要 key · needs a key`]
    }),
  ]
}

function operationsOf(found: ResultBlock): string[] {
  if (found.kind === 'details') return [...(found.operations ?? [])]
  if (found.kind !== 'table') return []
  return [...(found.opens === undefined ? [] : [found.opens]), ...(found.operations ?? [])]
}

const hasKey = (found: ResultBlock) => 'key' in found && found.key !== undefined

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}
