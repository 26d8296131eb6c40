import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CURRENT_FORMAT, startCloud } from 'wechat-cloud-emulator'
import { projectPath } from '../../scripts/lib/project.ts'
import { scriptParameters } from '../support/script-parameters.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'folder-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

interface Attempt {
  isRunning: boolean
  errors: string
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts `npm run cloud` on the folder; resolves when it runs or has given up. */
async function attempt(): Promise<Attempt> {
  const parameters = scriptParameters('cloud', projectPath('.'))
  const child = spawn(process.execPath, [...parameters, '--data', data], { cwd: projectPath('.') })
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return Promise.race([
    new Promise<Attempt>((resolve) => {
      child.stdout.once('data', () => resolve({ isRunning: true, errors, stop }))
    }),
    ended.then(() => ({ isRunning: false, errors, stop })),
  ])
}

/** A cloud in this process, with one document, that is then closed. */
async function leaveSomething(): Promise<void> {
  const cloud = await startCloud({ dataDirectory: data, functionsDirectory: data })
  cloud.database.createCollection('notes')
  cloud.database.putDocument('notes', { _id: 'kept' })
  await cloud.close()
}

async function whatIsLeft(): Promise<object[]> {
  const cloud = await startCloud({ dataDirectory: data, functionsDirectory: data })
  const documents = cloud.database.documents('notes')
  await cloud.close()
  return documents
}

const format = () => readFileSync(join(data, 'format'), 'utf8').trim()

describe('a data folder', () => {
  it('from before formats had numbers is taken over, with what it holds', async () => {
    await leaveSomething()
    rmSync(join(data, 'format'))
    expect(await whatIsLeft()).toEqual([{ _id: 'kept' }])
    expect(format()).toBe(String(CURRENT_FORMAT))
  })

  it('with the index keys of an older version has its indexes built again', async () => {
    await leaveSomething()
    const root = open({ path: join(data, 'cloud.lmdb'), maxDbs: 16 })
    root.openDB({ name: 'database.entries', encoding: 'binary' }).clearSync()
    root.openDB({ name: 'database.numbers' }).removeSync('keyFormat')
    await root.close()
    writeFileSync(join(data, 'format'), '1')
    const cloud = await startCloud({ dataDirectory: data, functionsDirectory: data })
    expect(cloud.database.documents('notes', { filter: { _id: 'kept' } })).toEqual([{ _id: 'kept' }])
    await cloud.close()
    expect(format()).toBe(String(CURRENT_FORMAT))
  })

  it.each([
    ['of a newer version', String(CURRENT_FORMAT + 1)],
    ['whose format cannot be read', 'one'],
  ])('%s is refused in one line, and left as it is', async (_name, number) => {
    await leaveSomething()
    writeFileSync(join(data, 'format'), number)
    const before = readdirSync(data)
    const { isRunning, errors } = await attempt()
    expect(isRunning).toBe(false)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain('format')
    expect(format()).toBe(number)
    // The folder has got this machine's secrets, and nothing else.
    expect(readdirSync(data).filter((name) => !before.includes(name) && !name.includes('secret'))).toEqual([])
    writeFileSync(join(data, 'format'), String(CURRENT_FORMAT))
    expect(await whatIsLeft()).toEqual([{ _id: 'kept' }])
  })

  it('serves one of the processes that start on it at the same moment; the others say whose it is', async () => {
    const attempts = await Promise.all([attempt(), attempt(), attempt()])
    const running = attempts.filter(({ isRunning }) => isRunning)
    await Promise.all(running.map(({ stop }) => stop()))
    expect(running).toHaveLength(1)
    for (const { isRunning, errors } of attempts) {
      if (!isRunning) expect(errors).toContain('in use by process')
    }
    const next = await attempt()
    await next.stop()
    expect(next.isRunning).toBe(true)
  }, 60_000)

  it('is free again after its owner was killed, or was of another start of the machine', async () => {
    await leaveSomething()
    const first = await attempt()
    expect(first.isRunning).toBe(true)
    await first.stop('SIGKILL')
    expect(await whatIsLeft()).toEqual([{ _id: 'kept' }])

    // Process 1 always runs, but it is not the one that wrote this.
    const root = open({ path: join(data, 'cloud.lmdb'), maxDbs: 16 })
    await root.openDB({ name: 'owner' }).put('process', { processId: 1, since: 0 })
    await root.close()
    expect(await whatIsLeft()).toEqual([{ _id: 'kept' }])
  })
})
