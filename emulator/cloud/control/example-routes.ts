import * as v from 'valibot'
import { ExampleError } from '../example/example-error.ts'
import { type BodySchema, ControlError, parse, type Routes } from './route.ts'

const removeInput = v.object({
  changed: v.optional(v.picklist(['keep', 'remove'])),
}) satisfies BodySchema<'POST example/remove'>

export const exampleRoutes = {
  'GET example': { handle: ({ example }) => example.state },
  'POST example/load': {
    handle: async ({ example }) => {
      await orRefused(() => example.load())
      return example.state
    },
  },
  'POST example/cancel': {
    handle: async ({ example }) => {
      await orRefused(() => example.cancel())
      return example.state
    },
  },
  'POST example/remove': {
    handle: ({ example }, input) => {
      const { changed } = parse(removeInput, input)
      return orRefused(async () => example.remove(changed))
    },
  },
} satisfies Partial<Routes>

/** @throws ControlError 409 with the example's own words */
async function orRefused<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (error instanceof ExampleError) throw new ControlError(409, error.message)
    throw error
  }
}
