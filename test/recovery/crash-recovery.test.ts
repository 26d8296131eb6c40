import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outsideClient, type SdkClient, type SdkDatabase, sdkDatabase } from 'wechat-cloud-emulator/testing'
import { killCloud, startCloudProcess } from '../support/cloud-process.ts'
import { isExhaustive } from '../support/exhaustive.ts'

/** More rounds for a closer look: `KILLS=25 npx vitest run test/recovery/crash-recovery.test.ts`. */
const KILLS = Number(process.env['KILLS'] ?? (isExhaustive ? 3 : 1))
const WRITERS = 8
const UPLOADERS = 4

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
  let cloud = await startCloudProcess(data)
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
      await killCloud(cloud)
      await Promise.all(writers)

      cloud = await startCloudProcess(data)
      const after = sdkDatabase(cloud.sdkUrl)
      for (const id of tally.begun) {
        const [left, right] = await Promise.all([exists(after, 'left', id), exists(after, 'right', id)])
        if (left !== right) total.halfApplied += 1
        if (tally.acknowledged.includes(id) && !(left && right)) total.lost += 1
      }
      total.acknowledged += tally.acknowledged.length
    }
  } finally {
    await killCloud(cloud)
    rmSync(data, { recursive: true, force: true })
  }
  console.info(`kill -9 × ${KILLS}: ${JSON.stringify(total)}`)
  expect(total).toMatchObject({ lost: 0, halfApplied: 0 })
  expect(total.acknowledged).toBeGreaterThan(KILLS * 50)
}, 300_000)

/** A file's versions, each to the same path, until the cloud is gone. */
interface Upload {
  path: string
  fileID?: string
  /** The latest version whose upload was answered as done, and the latest that was begun. */
  acknowledged: number
  begun: number
}

/** Tells the version by itself, and a part of it from the whole. */
const contentOf = (path: string, version: number) => `${path} ${version} `.repeat(20_000)

async function uploadVersions(client: SdkClient, upload: Upload): Promise<void> {
  for (;;) {
    upload.begun += 1
    const fileContent = Buffer.from(contentOf(upload.path, upload.begun))
    try {
      const { fileID } = await client.uploadFile({ cloudPath: upload.path, fileContent })
      Object.assign(upload, { fileID, acknowledged: upload.begun })
    } catch {
      return
    }
  }
}

it(`a kill -9 leaves every file whole, at an acknowledged version or a later one (${KILLS} times)`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'kill-'))
  const uploads: Upload[] = Array.from({ length: UPLOADERS }, (_, number) => ({
    path: `file-${number}.txt`,
    acknowledged: 0,
    begun: 0,
  }))
  let acknowledged = 0
  let cloud = await startCloudProcess(data)
  try {
    for (let round = 0; round < KILLS; round++) {
      const client = outsideClient(cloud.sdkUrl)
      const before = uploads.reduce((sum, upload) => sum + upload.acknowledged, 0)
      const uploading = uploads.map((upload) => uploadVersions(client, upload))
      const progress = () => uploads.reduce((sum, upload) => sum + upload.acknowledged, 0) - before
      await expect.poll(progress, { timeout: 20_000, interval: 1 }).toBeGreaterThan(5 * UPLOADERS)
      await killCloud(cloud)
      await Promise.all(uploading)
      acknowledged += progress()

      cloud = await startCloudProcess(data)
      const after = outsideClient(cloud.sdkUrl)
      for (const { path, fileID = '', ...versions } of uploads) {
        const text = String((await after.downloadFile({ fileID })).fileContent)
        const version = Number(text.split(' ')[1])
        expect(text === contentOf(path, version)).toBe(true)
        expect(version).toBeGreaterThanOrEqual(versions.acknowledged)
        expect(version).toBeLessThanOrEqual(versions.begun)
      }
      // No unfinished upload is left.
      expect(readdirSync(join(data, 'files'))).toHaveLength(uploads.length)
    }
  } finally {
    await killCloud(cloud)
    rmSync(data, { recursive: true, force: true })
  }
  console.info(`kill -9 × ${KILLS}: ${acknowledged} uploads acknowledged, none lost or cut`)
}, 300_000)
