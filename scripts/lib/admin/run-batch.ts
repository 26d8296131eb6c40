import type { BatchAct, BatchResult } from '../../../contract/admin.ts'
import { Prompt } from '../prompt.ts'
import { type Administrator, callAdmin, dataOf } from './admin-cloud.ts'
import { type Output, printJson, printUsers } from './print.ts'

export interface BatchCommand {
  act: BatchAct
  /** Without duplicates. */
  userIds: readonly string[]
  /** Only says what would happen. */
  isDryRun: boolean
  /** Does not ask. */
  isConfirmed: boolean
}

/** As many as one call takes. */
const AT_ONCE = 50
/** How often people whose turn failed are tried again. */
const MOST_TRIES = 3

const NAMES = { disable: '停用', enable: '恢复', endSessions: '下线' } as const satisfies Record<
  BatchAct,
  string
>

/**
 * `disable`, `enable` and `end-sessions` for a file of people: says first what would happen, asks, then does it. What is done
 * stays done: run again, it goes on with the others. The exit code is 1 unless everybody was done.
 */
export async function runBatch(
  administrator: Administrator,
  { act, userIds, isDryRun, isConfirmed }: BatchCommand,
  output: Output,
): Promise<void> {
  const plan = await perform(administrator, { act, userIds, isDryRun: true })
  report(`${NAMES[act]} ${act}，预演 dry run`, plan)
  if (isDryRun) {
    print(plan, output)
    return
  }
  const planned = plan.filter(({ result }) => result === 'changed').map(({ userId }) => userId)
  if (planned.length === 0) {
    console.error('没有要改动的人 · nobody to change')
    print(plan, output)
    return
  }
  if (!isConfirmed && !(await confirm(act, planned.length))) {
    console.error('没有做任何改动 · nothing was done')
    process.exitCode = 1
    return
  }
  const done = await perform(administrator, { act, userIds: planned, isDryRun: false })
  const results = [...plan.filter(({ result }) => result !== 'changed'), ...done]
  report(`${NAMES[act]} ${act}`, results)
  print(results, output)
}

async function perform(
  administrator: Administrator,
  { act, userIds, isDryRun }: { act: BatchAct; userIds: readonly string[]; isDryRun: boolean },
): Promise<BatchResult[]> {
  const results = new Map<string, BatchResult>()
  const tries = new Map<string, number>()
  const waiting = [...userIds]
  while (waiting.length > 0) {
    const ids = waiting.splice(0, AT_ONCE)
    const event = { action: 'batch' as const, act, userIds: ids, ...(isDryRun ? { dryRun: true } : {}) }
    const answer = await callAdmin(administrator, event)
    const { results: answered, left } = dataOf(`${act}，已完成 done ${isDryRun ? 0 : results.size}`, answer)
    for (const result of answered) {
      const tried = (tries.get(result.userId) ?? 0) + 1
      tries.set(result.userId, tried)
      if (result.result === 'failed' && tried < MOST_TRIES) waiting.push(result.userId)
      else results.set(result.userId, result)
    }
    waiting.unshift(...left)
    if (!isDryRun) console.error(`${results.size} / ${userIds.length}`)
  }
  return userIds.flatMap((userId) => results.get(userId) ?? [])
}

/** Figures for people, apart from the output that a program reads. */
function report(title: string, results: readonly BatchResult[]): void {
  const count = (wanted: BatchResult['result']) => results.filter(({ result }) => result === wanted).length
  console.error(
    `${title}: ${results.length} 人 people：改动 changed ${count('changed')}，原来就是 unchanged ${count('unchanged')}，查无此人或正在注销 refused ${count('refused')}，失败 failed ${count('failed')}`,
  )
}

function print(results: readonly BatchResult[], output: Output): void {
  const missing = results.filter(({ result }) => result === 'refused' || result === 'failed')
  if (missing.length > 0) process.exitCode = 1
  if (output === 'json') {
    printJson({ results })
    return
  }
  printUsers(results.flatMap(({ user }) => user ?? []))
  for (const { userId, result, reason } of missing) console.error(`${userId}: ${result} ${reason ?? ''}`)
}

async function confirm(act: BatchAct, people: number): Promise<boolean> {
  const prompt = new Prompt(process.stderr)
  const typed = await prompt.ask(
    `${NAMES[act]} ${people} 人，输入 ${people} 确认 · type ${people} to confirm: `,
  )
  prompt.close()
  return typed === String(people)
}
