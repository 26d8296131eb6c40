import { describe, expect, it } from 'vitest'
import { TOKEN_LIFE_SECONDS } from '../cloudfunctions/shared/token.ts'
import { withVariable } from './env-variable.ts'
import { drop, idsOf, refusalToDrop, rotate, TOKEN_LIFE_DAYS } from './key-ring.ts'
import { makeSecrets } from './make-secrets.ts'

const day = (date: string) => new Date(`${date}T12:00:00Z`)
const first = { loginSecrets: makeSecrets().LOGIN_SECRETS, replacedKeys: '' }
const rotated = rotate(first, day('2026-11-25'))

describe('a key', () => {
  it('is put before the others, and the day its predecessor was replaced is noted', () => {
    expect(idsOf(rotated.loginSecrets)).toEqual(['k2', 'k1'])
    expect(rotated.loginSecrets).toContain(first.loginSecrets)
    const twice = rotate(rotated, day('2027-01-01'))
    expect(twice.replacedKeys).toBe('k2@2027-01-01,k1@2026-11-25')
    expect(idsOf(drop(twice, 'k1').loginSecrets)).toEqual(['k3', 'k2'])
    expect(drop(twice, 'k1').replacedKeys).toBe('k2@2027-01-01')
  })

  const refusal = (
    id: string,
    numbersLeft: number | undefined,
    today: string,
    isLeaked = false,
    ring = rotated,
  ) => refusalToDrop(ring, { id, numbersLeft, isLeaked, today: day(today) })

  it('is dropped once no number needs it and its tokens are over', () => {
    expect(refusal('k1', 0, '2026-12-26')).toBeUndefined()
    expect(refusal('k1', 0, '2026-12-25')).toContain('2026-12-26')
  })

  it('is not dropped while it is in use, unknown, or needed, whatever is said of it', () => {
    expect(refusal('k2', 0, '2030-01-01', true)).toContain('in use')
    expect(refusal('k7', 0, '2030-01-01', true)).toContain('no key k7')
    expect(refusal('k1', 3, '2030-01-01', true)).toContain('unreadable')
    expect(refusal('k1', undefined, '2030-01-01', true)).toContain('numbersByKey.k1')
  })

  it('that was replaced nobody knows when is dropped only when it has leaked', () => {
    const unknown = { ...rotated, replacedKeys: '' }
    expect(refusal('k1', 0, '2030-01-01', false, unknown)).toContain('--leaked')
    expect(refusal('k1', 0, '2026-11-25', true, unknown)).toBeUndefined()
  })

  it('is waited for as long as tokens live', () => {
    expect(TOKEN_LIFE_DAYS * 24 * 60 * 60).toBe(TOKEN_LIFE_SECONDS)
  })
})

it.each([
  ['', 'A=2\n'],
  ['A=1\n', 'A=2\n'],
  ['# note\nA=1\nB=$&\n', '# note\nA=2\nB=$&\n'],
  ['B=1', 'B=1\nA=2\n'],
  ['AA=1\n', 'AA=1\nA=2\n'],
])('a variable of %j is set and all else stays', (text, expected) => {
  expect(withVariable(text, 'A', '2')).toBe(expected)
})
