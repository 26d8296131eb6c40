import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { copyProject } from '../../lib/copy-project.ts'
import type { Mutation } from './mutation.ts'
import type { Group, Result } from './outcome.ts'
import type { WorkerMessage } from './worker.ts'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))

/**
 * Runs groups in several processes, each in a copy of the project of its own.
 * @param report is called with each result as it comes
 * @param makeCopy returns the folder of a new copy, which is removed at the end
 */
export async function runInWorkers(
  groups: readonly Group[],
  workers: number,
  report: (result: Result) => void,
  makeCopy: () => string = () => copyProject('mutations-'),
): Promise<void> {
  const waiting = [...groups]
  const count = Math.min(workers, groups.length)
  await Promise.all(Array.from({ length: count }, () => work(waiting, report, makeCopy())))
}

async function work(waiting: Group[], report: (result: Result) => void, root: string): Promise<void> {
  try {
    await new Promise<void>((resolve) => runWorker(root, waiting, report, resolve))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Gives a worker one group after another. A worker that ends in the middle of a group has not tried the rest of it. */
function runWorker(
  root: string,
  waiting: Group[],
  report: (result: Result) => void,
  onExit: () => void,
): void {
  const child = fork(WORKER, [root], { cwd: root, execArgv: ['--import', 'tsx'], stdio: 'ignore' })
  const untried = new Map<string, Mutation>()
  child.on('message', (message: WorkerMessage) => {
    if ('result' in message) {
      untried.delete(message.result.mutation.guard)
      report(message.result)
      return
    }
    const group = waiting.shift()
    for (const mutation of group?.mutations ?? []) untried.set(mutation.guard, mutation)
    if (group) child.send(group)
    else child.disconnect()
  })
  child.once('exit', () => {
    for (const mutation of untried.values()) report({ mutation, outcome: 'did not run', seconds: 0 })
    onExit()
  })
}
