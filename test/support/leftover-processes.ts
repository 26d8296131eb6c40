import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const MARK = 'TEST_RUN'
/** Ample for a process that is ending, on a busy machine. */
const LONGEST_WAIT_MILLISECONDS = 10_000

/** Marks every process that this one starts from now on, and those that they start. */
export function markProcesses(): string {
  const mark = randomUUID()
  process.env[MARK] = mark
  return mark
}

/**
 * The command lines of marked processes that are still there, besides this run's own workers and compilers, after a
 * while for those that are ending. Empty where there is no /proc.
 */
export async function processesLeft(
  mark: string,
  longestWaitMilliseconds = LONGEST_WAIT_MILLISECONDS,
): Promise<string[]> {
  if (!existsSync('/proc/self/environ')) return []
  for (let waited = 0; ; waited += 100) {
    const left = markedProcesses(mark)
    if (left.length === 0 || waited >= longestWaitMilliseconds) return left
    await sleep(100)
  }
}

function markedProcesses(mark: string): string[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return []
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0')
      if (!environment.includes(`${MARK}=${mark}`)) return []
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim()
      const isOwn = parentOf(name) === process.pid || /esbuild/.test(command) || command === ''
      return isOwn ? [] : [`${name} ${command.slice(0, 200)}`]
    } catch {
      // Ended while it was read, or somebody else's.
      return []
    }
  })
}

/** The fourth field of `stat`; the second is a name in brackets, which may hold anything. */
function parentOf(processId: string): number {
  const stat = readFileSync(`/proc/${processId}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}
