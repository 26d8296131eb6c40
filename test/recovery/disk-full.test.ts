import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { outsideClient, type SdkCollection } from 'wechat-cloud-emulator/testing'
import { type CloudProcess, killCloud, startCloudProcess } from '../support/cloud-process.ts'

const LARGEST_FILE_BYTES = 3 * 1024 * 1024
const text = 'x'.repeat(20_000)

/** @returns the ids whose write was acknowledged, and the error of the first refused write */
async function fill(collection: SdkCollection): Promise<{ kept: string[]; refusal: string }> {
  const kept: string[] = []
  for (let number = 0; number < 10_000; number++) {
    const id = `document-${number}`
    try {
      await collection.add({ data: { _id: id, text } })
      kept.push(id)
    } catch (error) {
      return { kept, refusal: (error as Error).message }
    }
  }
  throw new Error('the disk is never full')
}

const found = async (collection: SdkCollection, id: string) => (await collection.doc(id).get()).data !== null

it('a full disk is said in clear words, loses nothing that was acknowledged, and passes without a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'full-'))
  let cloud: CloudProcess = await startCloudProcess(data, { largestFileBytes: LARGEST_FILE_BYTES })
  try {
    const client = outsideClient(cloud.sdkUrl)
    const notes = client.database({ throwOnNotFound: false }).collection('notes')
    const control = new ControlClient(cloud.controlUrl)
    await control.post('collections', { name: 'notes' })
    const file = await client.uploadFile({ cloudPath: 'small.txt', fileContent: Buffer.from('small') })

    const { kept, refusal } = await fill(notes)
    expect(kept.length).toBeGreaterThan(10)
    expect(refusal).toContain('-501001')
    expect(refusal).toContain('is the disk full?')
    await expect(
      control.put('collections/notes/documents', { document: { _id: 'console', text } }),
    ).rejects.toThrow('is the disk full?')
    const large = Buffer.alloc(LARGEST_FILE_BYTES + 1)
    await expect(client.uploadFile({ cloudPath: 'small.txt', fileContent: large })).rejects.toThrow()

    // It can be read, and room can be made, while it is full.
    expect(await found(notes, kept[0] ?? '')).toBe(true)
    expect(String((await client.downloadFile({ fileID: file.fileID })).fileContent)).toBe('small')
    const gone = kept.splice(0, 8)
    for (const id of gone) await notes.doc(id).remove()
    await notes.add({ data: { _id: 'after', text } })

    await killCloud(cloud)
    cloud = await startCloudProcess(data)
    const again = outsideClient(cloud.sdkUrl)
    const after = again.database({ throwOnNotFound: false }).collection('notes')
    for (const id of [...kept, 'after']) expect(await found(after, id)).toBe(true)
    for (const id of [...gone, 'console']) expect(await found(after, id)).toBe(false)
    expect(String((await again.downloadFile({ fileID: file.fileID })).fileContent)).toBe('small')
  } finally {
    await killCloud(cloud)
    rmSync(data, { recursive: true, force: true })
  }
}, 120_000)
