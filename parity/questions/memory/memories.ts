import { getHeapStatistics } from 'node:v8'
import { Unanswerable } from '../../core/answer.ts'
import { type Question, type QuestionCloud, question } from '../../core/question.ts'

const area = 'memory'
const settles = ['memory-limit']
const MEGABYTE = 1024 * 1024

/** What takes memory takes time: with the usual limit of 3 s, nobody could say which of both has ended the call. */
function requireTime({ context }: QuestionCloud): void {
  const limit = Number((context as Record<string, unknown>)['time_limit_in_ms'])
  if (!(limit >= 10_000)) throw new Unanswerable('needs a function with a time limit of 10 s')
}

/** How much memory a function has, and what its caller hears when it takes more. */
export const MEMORY_QUESTIONS: readonly Question[] = [
  question('memory.heap-is-below-the-limit', {
    area,
    settles,
    ask: ({ context }) => {
      const limit = Number((context as Record<string, unknown>)['memory_limit_in_mb'])
      // V8 counts its new space, too.
      return getHeapStatistics().heap_size_limit / MEGABYTE <= limit * 1.5
    },
  }),
  question('memory.buffers-beyond-the-limit', {
    area,
    settles,
    milliseconds: 8000,
    ask: async (cloud) => {
      requireTime(cloud)
      return ((await cloud.call('fill-buffers', 400)) as { result: unknown }).result
    },
  }),
  question('memory.heap-beyond-the-limit', {
    area,
    settles,
    milliseconds: 8000,
    ask: async (cloud) => {
      requireTime(cloud)
      return ((await cloud.call('fill-heap', 700)) as { result: unknown }).result
    },
  }),
]
