import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fetchSdk, NEWEST_NODE_SDK } from '../../scripts/checks/platform/sdk-packages.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'

interface Answer {
  outcomes: Record<string, unknown>
  sdk: string
}

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-sdk-'))
  cpSync(projectPath('test/sdk-surface/plain'), directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** @param sdkFolder its `node_modules` has the SDK; by default the emulator supplies its own */
async function run(sdkFolder?: string): Promise<Answer> {
  if (sdkFolder !== undefined)
    symlinkSync(join(sdkFolder, 'node_modules'), join(directory, 'direct/node_modules'), 'junction')
  const kit = await CloudKit.start({
    functionsDirectory: directory,
    functions: { direct: { timeoutSeconds: 20 } },
  })
  try {
    const { result, errMsg } = await kit.invoke('direct', 'oDirect', {})
    expect(errMsg).toBeUndefined()
    return result as Answer
  } finally {
    await kit.stop()
  }
}

const OUTCOMES = {
  createCollection: { given: expect.anything() },
  createCollectionAgain: { thrown: 'DATABASE_COLLECTION_ALREADY_EXIST' },
  add: { given: expect.objectContaining({ id: 'a' }) },
  addTwice: { thrown: 'DATABASE_REQUEST_FAILED' },
  get: { given: [{ _id: 'a', days: 3, tags: ['x'], at: '1970-01-01T00:00:00.000Z' }] },
  getMissing: { given: [] },
  update: { given: 1 },
  where: { given: 1 },
  count: { given: 1 },
  aggregate: { given: [{ _id: null, sum: 5 }] },
  transaction: { given: 'done' },
  remove: { given: 1 },
  callFunction: { given: 7 },
  callMissingFunction: { thrown: 'FUNCTION_NOT_FOUND' },
  uploadFile: { given: 'string' },
  downloadFile: { given: 'text' },
  deleteFile: { given: 'SUCCESS' },
  openid: { given: 'oDirect' },
}

it('a function on @cloudbase/node-sdk alone is answered, with the one that the emulator supplies', async () => {
  expect((await run()).outcomes).toEqual(OUTCOMES)
})

it.runIf(isExhaustive)(
  'and with the newest, installed beside the function',
  async () => {
    const fetched = await fetchSdk(NEWEST_NODE_SDK)
    if ('failure' in fetched) throw new Error(fetched.failure)
    const { outcomes, sdk } = await run(fetched.directory)
    expect(outcomes).toEqual(OUTCOMES)
    expect(sdk).toBe(NEWEST_NODE_SDK.dependencies['@cloudbase/node-sdk'])
  },
  120_000,
)
