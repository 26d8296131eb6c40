import type { CopiedTest } from '../../control/calls.ts'
import type { Invocation } from '../../control/invocation.ts'
import { outcomeOf } from '../../control/outcome.ts'
import type { SeparateCloud } from '../example/separate-cloud.ts'
import { type RecipeSources, recipeOf } from './recipe.ts'
import { rehearse } from './rehearse.ts'
import { writeTest } from './write-test.ts'

export interface CopiedTestsOptions extends RecipeSources {
  /** Starts an empty cloud with the same functions and settings. */
  open: () => Promise<SeparateCloud>
}

/** Makes tests of calls, and tries each before it is handed out. One at a time. */
export class CopiedTests {
  readonly #options: CopiedTestsOptions
  #latest: Promise<unknown> = Promise.resolve()

  constructor(options: CopiedTestsOptions) {
    this.#options = options
  }

  /** @returns undefined for a call that the log does not have */
  of(requestId: string): Promise<CopiedTest | undefined> {
    const test = this.#latest.then(() => this.#make(requestId))
    this.#latest = test.catch(() => {})
    return test
  }

  /** Resolves once no test is being made. */
  async close(): Promise<void> {
    await this.#latest
  }

  async #make(requestId: string): Promise<CopiedTest | undefined> {
    const call = this.#options.callLog
      .list(Number.POSITIVE_INFINITY)
      .find((candidate) => candidate.requestId === requestId)
    if (!call) return undefined
    const recipe = recipeOf(call, this.#options)
    const problem = await this.#problemOf(call, recipe)
    const lines = problem === undefined ? [] : [problem, ...recipe.gaps.map((gap) => `- ${gap}`)]
    return { text: writeTest(call, recipe, lines), problem: lines }
  }

  /** In one line; undefined for a test that passes. */
  async #problemOf(call: Invocation, recipe: ReturnType<typeof recipeOf>): Promise<string | undefined> {
    const expected = outcomeOf(call).text
    try {
      const outcome = await rehearse(recipe, this.#options.database, this.#options.open)
      if (outcome === expected) return undefined
      if (outcome === undefined) return '没有试运行：要等太久 · not tried: it takes too long'
      return `这个测试还不能通过：在空环境里得到 ${outcome}，不是 ${expected} · does not pass yet: on an empty cloud the call ends with ${outcome}, not ${expected}`
    } catch (error) {
      const [reason = ''] = String((error as Error).message).split('\n')
      return `这个测试还不能通过：${reason} · does not pass yet: ${reason}`
    }
  }
}
