import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCloud } from 'wechat-cloud-emulator'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { FUNCTIONS, OPENID } from '../bench-cloud.ts'
import { ENTRIES_EACH, seedDueDocuments } from '../due-documents.ts'
import { type Measure, type Row, round } from '../measure.ts'
import { timed } from '../sample.ts'

const LATENCY_MILLISECONDS = 20
/** The function's time limit, as docs/en/deploy.md sets it. */
const TIMEOUT_SECONDS = 5

interface Task {
  /** Due documents, more than one run handles. */
  due: number
  /** What becomes due an hour, by docs/en/cost.md. */
  madeByMillionUsers: number
  /** How many the task counts for each due document. */
  countedEach?: number
}

const TASKS: Readonly<Record<string, Task>> = {
  oldRecords: { due: 40_000, madeByMillionUsers: 685 },
  oldCounts: { due: 40_000, madeByMillionUsers: 411 },
  expiredSessions: { due: 15_000, madeByMillionUsers: 480 },
  orphanedAvatars: { due: 3000, madeByMillionUsers: 137 },
  forgottenAccounts: { due: 600, madeByMillionUsers: 27, countedEach: ENTRIES_EACH },
  finishedClosings: { due: 300, madeByMillionUsers: 1 },
  renewedCiphers: { due: 2500, madeByMillionUsers: 0 },
}

/**
 * How many due documents a run of the timer handles, an hour at the interval of its config.json: for each task a run in
 * which it alone has something to do, with 20 ms added to every request.
 */
export const cleanupMeasure: Measure = {
  keys: ['cleanupPerHour'],
  async run(progress) {
    const rows: Row[] = []
    const value: Record<string, number> = {}
    for (const [name, task] of Object.entries(TASKS)) {
      progress(name)
      const { counted, milliseconds } = await run(name, task.due)
      const handled = Math.round(counted / (task.countedEach ?? 1))
      value[name] = handled
      rows.push(rowOf(name, handled, milliseconds, task.madeByMillionUsers))
    }
    return { values: { cleanupPerHour: value }, rows }
  },
}

/** One run of the timer on a cloud of its own. */
async function run(task: string, due: number): Promise<{ counted: number; milliseconds: number }> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'due-'))
  const former = makeSecrets()
  const secrets = makeSecrets()
  const LOGIN_SECRETS = `${secrets.LOGIN_SECRETS.replace(/^k1:/, 'k2:')},${former.LOGIN_SECRETS}`
  await seedDueDocuments(dataDirectory, { [task]: due }, former)
  const cloud = await startCloud({
    dataDirectory,
    functionsDirectory: FUNCTIONS.ours,
    functions: { cleanup: { timeoutSeconds: TIMEOUT_SECONDS } },
    variables: { ...secrets, LOGIN_SECRETS },
  })
  try {
    // Starts the instance: only the timer may run it.
    await cloud.functions.invoke('cleanup', {}, { source: 'wx_client', appid: cloud.appid, openid: OPENID })
    cloud.sdkEndpoint.latencyMilliseconds = LATENCY_MILLISECONDS
    let processed: Record<string, number> = {}
    const milliseconds = await timed(async () => {
      const end = await cloud.functions.invoke('cleanup', {}, { source: 'wx_trigger', appid: cloud.appid })
      if (end.failure) throw new Error(end.failure.message)
      processed = JSON.parse(end.json).data
    })
    return { counted: processed[task] ?? 0, milliseconds }
  } finally {
    await cloud.close()
    rmSync(dataDirectory, { recursive: true })
  }
}

function rowOf(name: string, handled: number, milliseconds: number, made: number): Row {
  return {
    what: `cleanup: ${name}, in one run an hour`,
    ours: `${handled.toLocaleString('en')} in ${(milliseconds / 1000).toFixed(1)} s`,
    against: made === 0 ? '' : `${made.toLocaleString('en')} made by 1,000,000 users`,
    result: round(made === 0 ? handled : handled / made, 1),
    toReach: made === 0 ? '' : '≥ 2',
  }
}
