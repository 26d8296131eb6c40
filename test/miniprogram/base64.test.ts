import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { fromBase64, toBase64 } from '../../miniprogram/account/utils/base64.ts'

it('writes and reads standard base64', () => {
  for (let length = 0; length < 300; length++) {
    const bytes = randomBytes(length)
    expect(toBase64(bytes)).toBe(bytes.toString('base64'))
    expect(Buffer.from(fromBase64(bytes.toString('base64')) ?? [])).toEqual(bytes)
  }
})

it.each(['=', 'A', 'AA', 'AAA', 'AA=A', 'A===', 'AAAA=', 'AA-_', ' AAAA', '联联联联'])(
  '%j is none',
  (text) => {
    expect(fromBase64(text)).toBeUndefined()
  },
)
