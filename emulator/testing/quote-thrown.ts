import { onTestFailed, TestRunner } from 'vitest'
import type { Cloud } from '../cloud/cloud.ts'
import { describeThrownIn } from './describe-failed-call.ts'

/** A test that provokes errors by the hundred needs the first few. */
const MAXIMUM_QUOTED = 3

type Quotes = Set<string>
const quotesOfTests = new WeakMap<object, Quotes>()

/**
 * With vitest: the failure of a test ends with what functions of this cloud threw in it, also errors that they caught and
 * handed over, each with its message, its places in the sources and the code around.
 */
export function quoteThrownErrors({ callLog }: Pick<Cloud, 'callLog'>): void {
  callLog.onEnd((call) => {
    const test = TestRunner.getCurrentTest()
    const thrown = describeThrownIn(call)
    if (!test || thrown === undefined) return
    const quotes = quotesOfTests.get(test) ?? quoteAtFailure(test)
    if (quotes.size < MAXIMUM_QUOTED) quotes.add(thrown)
  })
}

function quoteAtFailure(test: object): Quotes {
  const quotes: Quotes = new Set()
  quotesOfTests.set(test, quotes)
  onTestFailed(({ task }) => {
    const [error] = task.result?.errors ?? []
    if (!error) return
    const { message } = error
    // The message of a phone has them already.
    error.message = [message, ...[...quotes].filter((quote) => !message.includes(quote))].join('\n\n')
  })
  return quotes
}
