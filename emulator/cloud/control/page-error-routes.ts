import * as v from 'valibot'
import { type BodySchema, openidSchema, parse, type Routes } from './route.ts'

const textSchema = v.pipe(v.string(), v.maxLength(10_000))
const placeSchema = v.object({
  file: v.pipe(v.string(), v.maxLength(1000)),
  line: v.number(),
  column: v.number(),
  functionName: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
})
const thrownSchema = v.object({
  name: v.pipe(v.string(), v.maxLength(200)),
  message: textSchema,
  places: v.pipe(v.array(placeSchema), v.maxLength(100)),
  excerpt: v.exactOptional(
    v.object({ firstLine: v.number(), lines: v.pipe(v.array(textSchema), v.maxLength(50)) }),
  ),
})
const pageErrorInput = v.object({
  openid: v.optional(openidSchema),
  page: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  text: textSchema,
  thrown: v.optional(thrownSchema),
}) satisfies BodySchema<'POST page-errors'>

/** What mini-programs have thrown on phones. */
export const pageErrorRoutes = {
  'POST page-errors': {
    topic: 'notes',
    handle: ({ pageErrors }, input) => pageErrors.add(parse(pageErrorInput, input)),
  },
  'GET page-errors': { handle: ({ pageErrors }) => ({ errors: pageErrors.list() }) },
  'DELETE page-errors': { topic: 'notes', handle: ({ pageErrors }) => pageErrors.clear() },
} satisfies Partial<Routes>
