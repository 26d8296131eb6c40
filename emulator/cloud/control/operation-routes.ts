import * as v from 'valibot'
import { OperationError } from '../operations/operations.ts'
import { type BodySchema, ControlError, parse, type Routes } from './route.ts'

const LONGEST_TEXT = 100_000

const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT))
const runInput = v.object({
  inputs: v.optional(
    v.record(v.string(), v.union([text, v.boolean(), v.object({ path: v.string(), text })])),
  ),
  next: v.optional(v.union([text, v.number()])),
}) satisfies BodySchema<'POST operations/:id/run'>

export const operationRoutes = {
  'GET operations': { handle: ({ operations }) => operations.declaration },
  'POST operations/:id/run': {
    handle: async ({ operations }, input, { id = '' }) => {
      const operation = operations.find(id)
      if (!operation) throw new ControlError(404, '没有这个操作 · no such operation')
      try {
        return await operations.run(operation, parse(runInput, input))
      } catch (error) {
        if (error instanceof OperationError) throw new ControlError(400, error.message)
        throw error
      }
    },
    // The call itself says what has changed.
    isQuiet: true,
  },
} satisfies Partial<Routes>
