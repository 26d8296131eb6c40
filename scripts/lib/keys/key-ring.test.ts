import { describe, expect, it } from 'vitest'
import { TOKEN_LIFE_SECONDS } from '../../../cloudfunctions/shared/crypto/token.ts'
import { withVariable } from './env-variable.ts'
import {
  addKey,
  drop,
  idsOf,
  type KeyRing,
  phasesOf,
  refusalToAdd,
  refusalToDrop,
  refusalToUse,
  TOKEN_LIFE_DAYS,
  useKey,
} from './key-ring.ts'
import { makeSecrets } from './make-secrets.ts'

const day = (date: string) => new Date(`${date}T12:00:00Z`)
const first: KeyRing = { loginSecrets: makeSecrets().LOGIN_SECRETS, addedKeys: '', replacedKeys: '' }
const added = addKey(first, day('2026-11-20'))
const used = useKey(added, 'k2', day('2026-11-25'))

describe('a key', () => {
  it('is added behind the others, so that it verifies and decrypts only', () => {
    expect(idsOf(added.loginSecrets)).toEqual(['k1', 'k2'])
    expect(added.loginSecrets.startsWith(`${first.loginSecrets},`)).toBe(true)
    expect(added).toMatchObject({ addedKeys: 'k2@2026-11-20', replacedKeys: '' })
    expect(phasesOf(added)).toEqual({
      current: 'k1',
      waiting: { id: 'k2', since: '2026-11-20' },
      replaced: [],
    })
  })

  it('becomes current in a second step, and the day its predecessor was replaced is noted', () => {
    expect(idsOf(used.loginSecrets)).toEqual(['k2', 'k1'])
    expect(used).toMatchObject({ addedKeys: '', replacedKeys: 'k1@2026-11-25' })
    expect(new Set(used.loginSecrets.split(','))).toEqual(new Set(added.loginSecrets.split(',')))
    const replaced = [{ id: 'k1', from: '2026-12-26' }]
    expect(phasesOf(used)).toEqual({ current: 'k2', waiting: undefined, replaced })
    const thrice = useKey(addKey(used, day('2027-01-01')), 'k3', day('2027-01-02'))
    expect(idsOf(thrice.loginSecrets)).toEqual(['k3', 'k2', 'k1'])
    expect(thrice.replacedKeys).toBe('k2@2027-01-02,k1@2026-11-25')
    expect(idsOf(drop(thrice, 'k1').loginSecrets)).toEqual(['k3', 'k2'])
    expect(drop(thrice, 'k1').replacedKeys).toBe('k2@2027-01-02')
  })

  it('can be made current again, and then is no replaced one', () => {
    const back = useKey(used, 'k1', day('2026-11-26'))
    expect(idsOf(back.loginSecrets)).toEqual(['k1', 'k2'])
    expect(back).toMatchObject({ addedKeys: '', replacedKeys: 'k2@2026-11-26' })
  })

  it('is added and used one at a time', () => {
    expect(refusalToAdd(first)).toBeUndefined()
    expect(refusalToAdd(added)).toContain('use k2')
    expect(refusalToAdd(used)).toBeUndefined()
    expect(refusalToUse(added, 'k2')).toBeUndefined()
    expect(refusalToUse(added, 'k1')).toContain('current')
    expect(refusalToUse(added, 'k3')).toContain('no key k3')
  })

  const refusal = (
    id: string,
    numbersLeft: number | undefined,
    today: string,
    isLeaked = false,
    ring = used,
  ) => refusalToDrop(ring, { id, numbersLeft, isLeaked, today: day(today) })

  it('is dropped once no number needs it and its tokens are over', () => {
    expect(refusal('k1', 0, '2026-12-26')).toBeUndefined()
    expect(refusal('k1', 0, '2026-12-25')).toContain('2026-12-26')
  })

  it('is not dropped while it is in use, unknown, or needed, whatever is said of it', () => {
    expect(refusal('k2', 0, '2030-01-01', true)).toContain('in use')
    expect(refusal('k7', 0, '2030-01-01', true)).toContain('no key k7')
    expect(refusal('k1', 3, '2030-01-01', true)).toContain('unreadable')
    expect(refusal('k1', undefined, '2030-01-01', true)).toContain('read numbersByKey.k1 of the deployment')
  })

  it('that was never current is dropped at any time', () => {
    expect(refusal('k2', undefined, '2026-11-20', false, added)).toBeUndefined()
    expect(drop(added, 'k2')).toEqual(first)
  })

  it('that was replaced nobody knows when is dropped only when it has leaked', () => {
    const unknown = { ...used, replacedKeys: '' }
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
