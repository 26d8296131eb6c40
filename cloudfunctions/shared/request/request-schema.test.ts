import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { requestSchema } from './request-schema.ts'

interface Request {
  action: 'save'
  title: string
  note?: string
  device?: { model: string }
}

const fields = {
  action: v.literal('save'),
  title: v.pipe(v.string(), v.trim()),
  note: v.optional(v.string()),
  device: v.optional(v.object({ model: v.string() })),
}

/** Each line below a `@ts-expect-error` must not compile: `npm run types` fails if one of them does. */
describe('a request schema', () => {
  it('is returned unchanged when it matches its request type', () => {
    const schema = v.object(fields)
    expect(requestSchema<Request>()(schema)).toBe(schema)
  })

  it('compiles for a union, and for one object that stands for several requests', () => {
    type Union = { action: 'a' | 'b' } & ({ phone: string } | { userId: string })
    const action = v.picklist(['a', 'b'])
    requestSchema<Union>()(
      v.union([v.object({ action, phone: v.string() }), v.object({ action, userId: v.string() })]),
    )
    requestSchema<{ action: 'a'; id: string } | { action: 'b'; id: string }>()(
      v.object({ action, id: v.string() }),
    )
    requestSchema<Record<never, never>>()(v.object({}))
  })

  it('does not compile without a field', () => {
    const { title: _title, ...withoutTitle } = fields
    const { note: _note, ...withoutNote } = fields
    // @ts-expect-error a required field is missing
    requestSchema<Request>()(v.object(withoutTitle))
    // @ts-expect-error an optional field is missing
    requestSchema<Request>()(v.object(withoutNote))
    // @ts-expect-error a field inside a field is missing
    requestSchema<Request>()(v.object({ ...fields, device: v.optional(v.object({})) }))
  })

  it('does not compile with an extra field', () => {
    // @ts-expect-error a required field is extra
    requestSchema<Request>()(v.object({ ...fields, extra: v.string() }))
    // @ts-expect-error an optional field is extra
    requestSchema<Request>()(v.object({ ...fields, extra: v.optional(v.string()) }))
    const device = v.optional(v.object({ model: v.string(), extra: v.optional(v.string()) }))
    // @ts-expect-error a field inside a field is extra
    requestSchema<Request>()(v.object({ ...fields, device }))
  })

  it('does not compile with another type', () => {
    // @ts-expect-error a number for a text
    requestSchema<Request>()(v.object({ ...fields, title: v.number() }))
    // @ts-expect-error any text for one of a list
    requestSchema<Request>()(v.object({ ...fields, action: v.string() }))
    // @ts-expect-error one text for any
    requestSchema<Request>()(v.object({ ...fields, title: v.literal('one') }))
    // @ts-expect-error null for an absent field
    requestSchema<Request>()(v.object({ ...fields, note: v.nullish(v.string()) }))
  })

  it('does not compile with another optionality', () => {
    // @ts-expect-error optional in the schema, required in the request
    requestSchema<Request>()(v.object({ ...fields, title: v.optional(v.string()) }))
    // @ts-expect-error required in the schema, optional in the request
    requestSchema<Request>()(v.object({ ...fields, note: v.string() }))
  })
})
