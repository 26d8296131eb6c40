import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { ControlClient } from '../../control/client.ts'
import type { ExampleCloud } from '../../control/example.ts'
import { startTestCloud, TestCloud } from '../../testing/index.ts'
import { Store } from '../store.ts'
import { ExampleList } from './example-list.ts'

class ExampleKit extends TestCloud {
  static async start(use: (cloud: ExampleCloud) => Promise<void>): Promise<ExampleKit> {
    const [cloud, directory] = await startTestCloud({ functionsDirectory: '/nowhere', example: { use } })
    return new ExampleKit(cloud, directory)
  }
}

let kit: TestCloud | undefined
afterEach(async () => {
  await kit?.stop()
  kit = undefined
})

async function useTwoNotes({ controlUrl }: ExampleCloud): Promise<void> {
  const control = new ControlClient(controlUrl)
  for (const name of ['notes', 'drafts']) {
    const { collections } = await control.get('collections')
    if (!collections.some((one) => one.name === name)) await control.post('collections', { name })
  }
  await control.put('collections/notes/documents', { document: { _id: 'first', text: 'of the example' } })
  await control.put('collections/notes/documents', { document: { _id: 'shared', text: 'of the example' } })
  await control.put('collections/drafts/documents', { document: { _id: 'draft' } })
  await control.put('users/oExample', { nickname: '小满' })
  await control.post('clock', { advanceSeconds: -86_400 })
  await control.post('phone-code', { openid: 'oExample' })
}

/** A cloud with notes of its own, one of which has the `_id` of a note of the example. */
async function startCloud(use: (cloud: ExampleCloud) => Promise<void> = useTwoNotes): Promise<TestCloud> {
  kit = await ExampleKit.start(use)
  const { cloud } = kit
  cloud.database.createCollection('notes', 'PRIVATE')
  cloud.database.putDocument('notes', { _id: 'own', text: 'mine' })
  cloud.database.putDocument('notes', { _id: 'shared', text: 'mine' })
  return kit
}

const notes = ({ cloud }: TestCloud) => cloud.database.documents('notes', { sort: { _id: 1 } })
const names = ({ cloud }: TestCloud) => cloud.database.collections().map(({ name }) => name)
const authorizations = async ({ control }: TestCloud) =>
  (await control.get('figures')).days.reduce((sum, day) => sum + day.authorizations.quick, 0)

it('loads beside what is there, and removes exactly what it has loaded', async () => {
  const test = await startCloud()
  const before = notes(test)
  expect(await test.control.post('example/load')).toMatchObject({ state: 'loaded', documents: 2 })
  expect(notes(test)).toEqual([{ _id: 'first', text: 'of the example' }, ...before])
  expect(test.cloud.users.find('oExample')).toMatchObject({ nickname: '小满' })
  expect(await authorizations(test)).toBe(1)
  expect((await test.control.get('clock')).offsetSeconds).toBe(0)
  test.cloud.database.putDocument('notes', { _id: 'later', text: 'mine' })
  expect(await test.control.post('example/remove')).toEqual({ isDone: true, removed: 2, changed: 0 })
  expect(notes(test)).toEqual([{ _id: 'later', text: 'mine' }, ...before])
  expect(names(test)).toEqual(['notes'])
  expect(test.cloud.users.list()).toEqual([])
  expect(await authorizations(test)).toBe(0)
})

it('is not loaded twice, and not removed twice', async () => {
  const test = await startCloud()
  await test.control.post('example/load')
  await expect(test.control.post('example/load')).rejects.toThrow('the example is loaded already')
  expect(notes(test)).toHaveLength(3)
  await test.control.post('example/remove')
  await expect(test.control.post('example/remove')).rejects.toThrow('the example is not loaded')
  await test.control.post('example/load')
  expect(notes(test)).toHaveLength(3)
})

it('asks what happens to a document that somebody has changed, and keeps it on request', async () => {
  const test = await startCloud()
  await test.control.post('example/load')
  test.cloud.database.putDocument('notes', { _id: 'first', text: 'changed' })
  expect(await test.control.post('example/remove')).toEqual({ isDone: false, removed: 0, changed: 1 })
  expect(names(test)).toContain('drafts')
  const end = await test.control.post('example/remove', { changed: 'keep' })
  expect(end).toEqual({ isDone: true, removed: 1, changed: 1 })
  expect(notes(test)).toHaveLength(3)
  // The kept one is nobody's example any more.
  expect(await test.control.get('example')).toMatchObject({ state: 'absent', documents: 0 })
})

it('removes a changed document on request, and no document that took the place of a removed one unasked', async () => {
  const test = await startCloud()
  await test.control.post('example/load')
  test.cloud.database.removeDocument('notes', 'first')
  test.cloud.database.putDocument('notes', { _id: 'first', text: 'another', _openid: 'oA' })
  expect(await test.control.post('example/remove')).toMatchObject({ isDone: false, changed: 1 })
  await test.control.post('example/remove', { changed: 'remove' })
  expect(notes(test).map(({ _id }) => _id)).toEqual(['own', 'shared'])
})

it('loads nothing when the module of the project fails, and says why', async () => {
  const test = await startCloud(async (cloud) => {
    await useTwoNotes(cloud)
    throw new Error('no more paper')
  })
  await expect(test.control.post('example/load')).rejects.toThrow('no more paper')
  expect(notes(test)).toHaveLength(2)
  expect(await test.control.get('example')).toMatchObject({ state: 'absent' })
  expect(existsSync(join(test.directory, 'example'))).toBe(false)
})

it('tells how far it is, and loads nothing once it is cancelled', async () => {
  let urls: string[] = []
  const test = await startCloud(async (cloud) => {
    urls = [...urls, cloud.controlUrl]
    await useTwoNotes(cloud)
    cloud.progress(3, 21)
    if (urls.length === 1) await new Promise(() => {})
  })
  await expect(test.control.post('example/cancel')).rejects.toThrow('the example is not being loaded')
  const loading = test.control.post('example/load')
  await expect.poll(() => test.control.get('example')).toMatchObject({ progress: { done: 3, all: 21 } })
  const absent = { state: 'absent', documents: 0 }
  expect(await test.control.post('example/cancel')).toMatchObject(absent)
  expect(await loading).toMatchObject(absent)
  expect(await test.control.get('example')).not.toHaveProperty('progress')
  await expect(fetch(`${urls[0]}/clock`)).rejects.toThrow()
  expect(notes(test)).toHaveLength(2)
  expect(await test.control.post('example/load')).toMatchObject({ state: 'loaded', documents: 2 })
})

it('removes at the start what a killed process has left of a loading', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'example-'))
  const [first] = await startTestCloud({ functionsDirectory: '/nowhere', dataDirectory: directory })
  const upload = { path: 'example/half.txt', maximumBytes: 10 }
  await first.files.write(upload, Readable.from([Buffer.from('half')]))
  await first.close()
  const store = new Store(directory)
  const file = { path: upload.path, blob: '' }
  new ExampleList(store).write({
    isUnfinished: true,
    collections: [],
    documents: [],
    files: [file],
    users: [],
  })
  await store.close()
  const [second] = await startTestCloud({ functionsDirectory: '/nowhere', dataDirectory: directory })
  expect(second.files.list()).toEqual([])
  expect(second.example.state).toMatchObject({ state: 'absent' })
  await second.close()
  rmSync(directory, { recursive: true })
})

it('ends with the cloud that is stopped meanwhile, and has loaded nothing', async () => {
  let begun = (_: ExampleCloud) => {}
  const isUsed = new Promise<ExampleCloud>((resolve) => {
    begun = resolve
  })
  const test = await startCloud(async (cloud) => {
    begun(cloud)
    await new Promise(() => {})
  })
  const loading = test.cloud.example.load().catch((error: Error) => error)
  const { controlUrl } = await isUsed
  await test.cloud.example.close()
  expect(await loading).toMatchObject({ message: expect.stringContaining('the cloud has stopped') })
  await expect(fetch(`${controlUrl}/clock`)).rejects.toThrow()
  expect(notes(test)).toHaveLength(2)
})
