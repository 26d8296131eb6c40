import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { hideWithPad, PAD_BYTES, padField } from './one-time-pad.ts'

const isPad = (value: unknown) => v.safeParse(padField, value).success

function uncover(pad: Buffer, hidden: string): string {
  const bytes = Buffer.from(hidden, 'base64').map((byte, place) => byte ^ (pad[place] ?? 0))
  return Buffer.from(bytes).toString('latin1').replace(/\0+$/, '')
}

describe('a pad', () => {
  it('is 256 random bytes in base64', () => {
    for (let count = 0; count < 1000; count++) {
      expect(isPad(randomBytes(PAD_BYTES).toString('base64'))).toBe(true)
    }
  })

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['an empty text', ''],
    ['zeros', Buffer.alloc(PAD_BYTES).toString('base64')],
    ['a byte that repeats', Buffer.alloc(PAD_BYTES, 0xa5).toString('base64')],
    ['a few bytes that repeat', Buffer.alloc(PAD_BYTES, randomBytes(99)).toString('base64')],
    ['one byte too few', randomBytes(PAD_BYTES - 1).toString('base64')],
    ['three bytes too few', randomBytes(PAD_BYTES - 3).toString('base64')],
    ['one byte too many', randomBytes(PAD_BYTES + 1).toString('base64')],
    ['base64url', randomBytes(PAD_BYTES).toString('base64').replaceAll(/[+/]/g, '-').replace(/^./, '_')],
    ['without its end', randomBytes(PAD_BYTES).toString('base64').slice(0, -2)],
    ['with a line break', `${randomBytes(PAD_BYTES).toString('base64')}\n`],
    ['with stray bits', randomBytes(PAD_BYTES).toString('base64').replace(/.==$/, 'B==')],
  ])('is not: %s', (_name, value) => {
    expect(isPad(value)).toBe(false)
  })

  it('is accepted with a hundred different bytes, and rejected with fewer', () => {
    const pad = (different: number) =>
      Buffer.from(Array.from({ length: PAD_BYTES }, (_, place) => place % different)).toString('base64')
    expect([isPad(pad(99)), isPad(pad(100))]).toEqual([false, true])
  })
})

describe('what is hidden', () => {
  const pad = randomBytes(PAD_BYTES)
  const key = pad.toString('base64')

  it('has one length for every value, contains no plain text, and is readable with the pad', () => {
    for (const value of [{}, { phone: '+8613800138000', openid: 'oPerson', unionid: '联' }]) {
      const hidden = hideWithPad(key, value) ?? ''
      expect(Buffer.from(hidden, 'base64')).toHaveLength(PAD_BYTES)
      expect(Buffer.from(hidden, 'base64').toString('latin1')).not.toContain('138')
      expect(JSON.parse(uncover(pad, hidden))).toEqual(value)
    }
  })

  it('is ASCII', () => {
    expect(uncover(pad, hideWithPad(key, { unionid: '联\u00e9\u{1f600}' }) ?? '')).toMatch(/^[ -~]+$/)
  })

  it('fits to the last byte, or is undefined', () => {
    expect(hideWithPad(key, 'x'.repeat(PAD_BYTES - 2))).toBeDefined()
    expect(hideWithPad(key, 'x'.repeat(PAD_BYTES - 1))).toBeUndefined()
  })
})
