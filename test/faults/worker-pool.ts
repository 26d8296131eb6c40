import { setTimeout as sleep } from 'node:timers/promises'
import { NEVER_MET } from './matrix.ts'

/** For a case in which a busy machine was too slow. What is really wrong is wrong each time. */
const TRIES = 8
/** What comes before the fault took too long, or the call or its retry ran out of time, which no retry may. */
const TOO_SLOW = new RegExp(`^${NEVER_MET}|^not prepared|503 TIMEOUT|-504003`)

/** Cases between two times that everything is forgotten. */
const BATCH = 60

interface Pool {
  workers: number
  /** Begins the openids of this run; needed where several people share a cloud. */
  openidPrefix?: string
  /** Called now and then while no case of the pool is running. */
  forget?: () => void
}

/**
 * Runs cases beside one another, a few at a time, each for somebody of its own.
 * @param runCase says what is wrong, in words; each worker has a number from 0
 * @returns the cases that failed, each with its problems
 */
export async function runAll<Case extends { name: string }>(
  cases: readonly Case[],
  { workers, openidPrefix = 'oTester', forget }: Pool,
  runCase: (next: Case, openid: string, worker: number) => Promise<string[]>,
): Promise<[string, string[]][]> {
  const attempt = (next: Case, openid: string, worker: number) =>
    runCase(next, openid, worker).catch((error: unknown) => [`not prepared: ${error}`])
  const waiting = [...cases]
  const failures: [string, string[]][] = []
  const work = async (queue: Case[], worker: number) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const openid = `${openidPrefix}-${waiting.length}-${queue.length}`
      let problems = await attempt(next, openid, worker)
      for (let again = 1; again < TRIES && problems.some((problem) => TOO_SLOW.test(problem)); again++) {
        await sleep(again * 1000)
        problems = await attempt(next, `${openid}-${again}`, worker)
      }
      if (problems.length === 0) continue
      failures.push([next.name, problems])
      // Said at once: a run that is broken off has no list at its end.
      console.info(`faults: ${next.name}: ${problems.join('; ')}`)
    }
  }
  while (waiting.length > 0) {
    const queue = waiting.splice(0, BATCH)
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(queue, worker)))
    forget?.()
  }
  return failures
}
