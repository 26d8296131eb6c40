import * as v from 'valibot'
import { parse, type Routes } from './route.ts'

const LONGEST_DAYS = 366

const figuresInput = v.object({
  days: v.optional(
    v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1), v.maxValue(LONGEST_DAYS)),
    '30',
  ),
})

export const figuresRoutes = {
  'GET figures': { handle: ({ figures }, input) => figures.report(parse(figuresInput, input).days) },
  'DELETE figures': { handle: ({ figures }) => figures.clear(), topic: 'calls' },
} satisfies Partial<Routes>
