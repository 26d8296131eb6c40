import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptPhoneNumber, encryptPhoneNumber, phoneIndexOf } from './phone-cipher.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const number = { countryCode: '86', purePhoneNumber: '13800138000' }
const older = { id: 'k1', key: createSecretKey(randomBytes(32)) }
const newer = { id: 'k2', key: createSecretKey(randomBytes(32)) }

describe('a sealed phone number', () => {
  const sealed = encryptPhoneNumber([older], 'u_a', number)

  it('opens for the user it was sealed for', () => {
    expect(decryptPhoneNumber([older], 'u_a', sealed)).toBe('+8613800138000')
  })

  it('opens nothing in another user’s document', () => {
    expect(decryptPhoneNumber([older], 'u_b', sealed)).toBeUndefined()
  })

  it('opens after a new key was put first, and names the key it needs', () => {
    expect(decryptPhoneNumber([newer, older], 'u_a', sealed)).toBe('+8613800138000')
    expect(encryptPhoneNumber([newer, older], 'u_a', number)).toMatch(/^k2\./)
    expect(decryptPhoneNumber([newer], 'u_a', sealed)).toBeUndefined()
  })

  it('is different every time and shows no digit of the number', () => {
    const again = encryptPhoneNumber([older], 'u_a', number)
    expect(again).not.toBe(sealed)
    expect(Buffer.from(again.split('.')[1] ?? '', 'base64url').includes('13800138000')).toBe(false)
  })

  it('opens nothing when any byte of it is changed', () => {
    const [id = '', body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (const [index] of bytes.entries()) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(decryptPhoneNumber([older], 'u_a', `${id}.${changed.toString('base64url')}`)).toBeUndefined()
    }
  })

  it('opens nothing with stray last bits, a third part, or what base64url leaves out', () => {
    // 40 bytes end in a character of which four bits count for nothing.
    const short = encryptPhoneNumber([older], 'u_a', { countryCode: '852', purePhoneNumber: '91234567' })
    const last = ALPHABET.indexOf(short.at(-1) ?? '')
    const sameBytes = short.slice(0, -1) + ALPHABET.charAt(last ^ 1)
    const bytesOf = (text: string) => Buffer.from(text.split('.')[1] ?? '', 'base64url')
    expect(bytesOf(sameBytes)).toEqual(bytesOf(short))
    expect(decryptPhoneNumber([older], 'u_a', short)).toBe('+85291234567')
    for (const other of [sameBytes, `${short}.`, `${short}.x`, `${short}=`, `${short} `]) {
      expect(decryptPhoneNumber([older], 'u_a', other)).toBeUndefined()
    }
  })

  it.each(['', 'k1', 'k1.', 'k1.AAAA', '.', 'k9.AAAA'])('opens nothing from %j', (text) => {
    expect(decryptPhoneNumber([older], 'u_a', text)).toBeUndefined()
  })
})

describe('the blind index', () => {
  it('is the same for the same number and key only', () => {
    expect(phoneIndexOf(older.key, '+8613800138000')).toBe(phoneIndexOf(older.key, '+8613800138000'))
    expect(phoneIndexOf(older.key, '+8613800138000')).not.toBe(phoneIndexOf(newer.key, '+8613800138000'))
    expect(phoneIndexOf(older.key, '+8613800138000')).not.toBe(phoneIndexOf(older.key, '+85213800138000'))
  })
})
