import { expect, it } from 'vitest'
import { Budget } from '../request/budget.ts'
import type { Invocation } from '../request/call.ts'
import { onTimer } from './on-timer.ts'

const timerCall = (timeLimit?: number) =>
  ({ requestSource: { source: 'wx_trigger' }, budget: new Budget(), timeLimit }) as Invocation
const millisecondsFor = (timeLimit?: number) =>
  onTimer(async ({ budget }) => Math.round(budget.left() / 100) * 100)(timerCall(timeLimit))

it.each([
  [undefined, 2600],
  [1000, 600],
  [3000, 2600],
  [60_000, 54_000],
])('with a time limit of %s ms the timer works for %i ms', async (timeLimit, milliseconds) => {
  expect(await millisecondsFor(timeLimit)).toBe(milliseconds)
})
