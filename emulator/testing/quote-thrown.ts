import { onTestFailed, TestRunner } from 'vitest'
import type { Cloud } from '../cloud/cloud.ts'
import { describeThrown } from '../control/describe-thrown.ts'
import type { Invocation, ThrownError } from '../control/invocation.ts'

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
    const thrown = thrownIn(call)
    if (!test || !thrown) return
    const quotes = quotesOfTests.get(test) ?? quoteAtFailure(test)
    if (quotes.size < MAXIMUM_QUOTED) quotes.add(quote(call, thrown))
  })
}

function quoteAtFailure(test: object): Quotes {
  const quotes: Quotes = new Set()
  quotesOfTests.set(test, quotes)
  onTestFailed(({ task }) => {
    const [error] = task.result?.errors ?? []
    if (error) error.message = [error.message, ...quotes].join('\n\n')
  })
  return quotes
}

function thrownIn({ error, logs }: Invocation): ThrownError | undefined {
  return error?.thrown ?? logs.find(({ thrown }) => thrown !== undefined)?.thrown
}

function quote({ functionName }: Invocation, thrown: ThrownError): string {
  return [`云函数 ${functionName} 出错 · threw:`, ...describeThrown(thrown)].join('\n')
}
