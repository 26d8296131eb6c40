import { BuildError } from '../../lib/build/build-functions.ts'
import type { MutableCopy } from './mutable-copy.ts'
import type { Mutation } from './mutation.ts'
import type { Group, Outcome, Result } from './outcome.ts'
import type { TestRun, TestSession } from './test-session.ts'

/** Runs the tests of a group once without any mutation, then once with each. */
export async function runGroup(
  copy: MutableCopy,
  session: TestSession,
  group: Group,
  report: (result: Result) => void,
): Promise<void> {
  const clean = await copy.runUnchanged(() => runClean(session, group))
  for (const mutation of group.mutations) {
    const startedAt = performance.now()
    const outcome = findMistake(mutation, clean) ?? (await tryMutation(copy, session, mutation))
    report({ mutation, outcome, seconds: (performance.now() - startedAt) / 1000 })
  }
}

/** A test that fails on a busy machine gets a second run. */
async function runClean(session: TestSession, { test, mutations }: Group): Promise<TestRun> {
  const names = mutations.map(({ name }) => name)
  const first = await session.run(test, names)
  if (first.failed.length === 0) return first
  const second = await session.run(test, first.failed)
  return { passed: [...first.passed, ...second.passed], failed: second.failed }
}

/** Why a row proves nothing, whatever its mutation does; undefined for a good row. */
function findMistake({ name }: Mutation, clean: TestRun): Outcome | undefined {
  const isMeant = (fullName: string) => fullName.includes(name)
  if (clean.failed.some(isMeant)) return 'red already'
  return clean.passed.some(isMeant) ? undefined : 'no such test'
}

/** What depends on how calls fall together may be noticed at second only, which the report names. */
async function tryMutation(copy: MutableCopy, session: TestSession, mutation: Mutation): Promise<Outcome> {
  try {
    return await copy.runWith(mutation, async () => {
      const first = await session.run(mutation.test, [mutation.name])
      if (first.failed.length > 0) return 'noticed'
      if (first.passed.length === 0) return 'did not run'
      const second = await session.run(mutation.test, [mutation.name])
      return second.failed.length > 0 ? 'noticed at second' : 'survived'
    })
  } catch (error) {
    if (error instanceof BuildError) return 'did not run'
    throw error
  }
}
