import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCloud, TestCloud } from 'wechat-cloud-emulator/testing'
import { buildParity, makeToken } from '../scripts/lib/parity/build-parity.ts'
import { writeKept } from './core/token-hash.ts'

class ParityCloud extends TestCloud {
  static async start(functionsDirectory: string): Promise<ParityCloud> {
    return new ParityCloud(...(await startTestCloud({ functionsDirectory })))
  }
}

let directory: string
let kit: ParityCloud
const made = makeToken(Date.now())

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'parity-token-'))
  await buildParity(directory, made.kept)
  kit = await ParityCloud.start(directory)
}, 60_000)
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true })
})

const call = async (data: unknown, openid?: string) => (await kit.invoke('parity', openid, data)).result
const asked = { token: made.token, only: ['query.eq'], patience: 20 }

describe('the function', () => {
  it.each([
    ['no token', {}, 'TOKEN_MISSING'],
    ['a token that is no text', { token: 5 }, 'TOKEN_MISSING'],
    ['another token', { token: 'x' }, 'TOKEN_WRONG'],
    ['the hash of the token', { token: made.kept }, 'TOKEN_WRONG'],
    ['a part before the first', { ...asked, next: -1 }, 'EVENT_INVALID'],
    ['a time that is no number', { ...asked, seconds: 'x' }, 'EVENT_INVALID'],
    ['a probe outside a run', { ...asked, probe: 'nothing' }, 'TOKEN_USED'],
  ])('refuses %s', async (_name, event, refused) => {
    expect(await call(event)).toMatchObject({ refused })
  })

  it('refuses a mini-program, even with the token', async () => {
    expect(await call(asked, 'oPerson')).toMatchObject({ refused: 'CALLER_REFUSED' })
    const { result } = await kit.control.post('invoke', {
      function: 'parity',
      data: asked,
      source: 'wx_http',
    })
    expect(result).toMatchObject({ refused: 'CALLER_REFUSED' })
    expect(kit.cloud.database.collections()).toEqual([])
  })

  it('takes a token for one run', async () => {
    expect(await call(asked)).toMatchObject({ answers: { 'query.eq': { value: ['b'] } } })
    expect(await call(asked)).toMatchObject({ refused: 'TOKEN_USED' })
  })

  it('says nothing of the token', async () => {
    expect(JSON.stringify(await call(asked))).not.toContain(made.token)
  })

  it('refuses an expired token', async () => {
    const old = { hash: made.kept.slice(0, 64), expiresAt: Date.now() - 1 }
    await buildParity(directory, writeKept(old))
    await kit.control.delete('instances')
    expect(await call(asked)).toMatchObject({ refused: 'TOKEN_EXPIRED' })
  })
})
