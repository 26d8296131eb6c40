import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { projectPath } from '../scripts/project.ts'
import { type SdkDatabase, sdkDatabase } from './sdk-client.ts'

/** More rounds for a closer look: `KILLS=25 npx vitest run test/kill-nine.test.ts`. */
const KILLS = Number(process.env['KILLS'] ?? 3)
const WRITERS = 8

interface RunningCloud {
  process: ChildProcess
  sdkUrl: string
}

async function startCloud(data: string): Promise<RunningCloud> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/cloud.ts', '--data', data], {
    cwd: projectPath('.'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { process: child, sdkUrl: JSON.parse(line).sdkUrl }
}

async function kill(cloud: RunningCloud): Promise<void> {
  const ended = once(cloud.process, 'exit')
  cloud.process.kill('SIGKILL')
  await ended
}

interface Tally {
  /** Ids whose write was answered as done. */
  acknowledged: string[]
  /** Ids whose write was begun. */
  begun: string[]
}

/** Writes pairs of documents, each pair in one transaction, until the cloud is gone. */
async function writePairs(database: SdkDatabase, writer: string, tally: Tally): Promise<void> {
  for (let number = 0; ; number++) {
    const id = `${writer}-${number}`
    tally.begun.push(id)
    try {
      await database.runTransaction(async (transaction) => {
        await transaction.collection('left').add({ data: { _id: id, text: 'x'.repeat(200) } })
        await transaction.collection('right').add({ data: { _id: id, text: 'y'.repeat(200) } })
      })
    } catch {
      return
    }
    tally.acknowledged.push(id)
  }
}

async function exists(database: SdkDatabase, collection: string, id: string): Promise<boolean> {
  return (await database.collection(collection).doc(id).get()).data !== null
}

it(`a kill -9 loses no acknowledged write and leaves none half done (${KILLS} times)`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'kill-'))
  const total = { acknowledged: 0, lost: 0, halfApplied: 0 }
  let cloud = await startCloud(data)
  try {
    const setUp = sdkDatabase(cloud.sdkUrl)
    await setUp.createCollection('left')
    await setUp.createCollection('right')
    for (let round = 0; round < KILLS; round++) {
      const tally: Tally = { acknowledged: [], begun: [] }
      const database = sdkDatabase(cloud.sdkUrl)
      const writers = Array.from({ length: WRITERS }, (_, writer) =>
        writePairs(database, `${round}-${writer}`, tally),
      )
      await expect.poll(() => tally.acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(50)
      await kill(cloud)
      await Promise.all(writers)

      cloud = await startCloud(data)
      const after = sdkDatabase(cloud.sdkUrl)
      for (const id of tally.begun) {
        const [left, right] = await Promise.all([exists(after, 'left', id), exists(after, 'right', id)])
        if (left !== right) total.halfApplied += 1
        if (tally.acknowledged.includes(id) && !(left && right)) total.lost += 1
      }
      total.acknowledged += tally.acknowledged.length
    }
  } finally {
    await kill(cloud)
    rmSync(data, { recursive: true, force: true })
  }
  console.info(`kill -9 × ${KILLS}: ${JSON.stringify(total)}`)
  expect(total).toMatchObject({ lost: 0, halfApplied: 0 })
  expect(total.acknowledged).toBeGreaterThan(KILLS * 50)
}, 300_000)
