import { NEVER_MET } from './matrix.ts'

/** For a case whose fault was not met, since the operations before it took too long. */
const TRIES = 4
/** A busy machine may have been too slow for what comes before the fault. */
const UNTRIED = new RegExp(`^${NEVER_MET}|^not prepared`)

/**
 * Runs cases beside one another, a few at a time, each for somebody of its own.
 * @param people begins the openids of this run
 * @param runCase says what is wrong, in words
 * @returns the cases that failed, with what was wrong
 */
export async function runAll<Case extends { name: string }>(
  cases: readonly Case[],
  { lanes, people }: { lanes: number; people: string },
  runCase: (next: Case, openid: string) => Promise<string[]>,
): Promise<[string, string[]][]> {
  const attempt = (next: Case, openid: string) =>
    runCase(next, openid).catch((error: unknown) => [`not prepared: ${error}`])
  const queue = [...cases]
  const failures: [string, string[]][] = []
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const openid = `${people}-${queue.length}`
      let problems = await attempt(next, openid)
      for (let again = 1; again < TRIES && problems.some((problem) => UNTRIED.test(problem)); again++) {
        problems = await attempt(next, `${openid}-${again}`)
      }
      if (problems.length > 0) failures.push([next.name, problems])
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return failures
}
