import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { userIdOf } from './user-id.ts'

const key = createSecretKey(randomBytes(32))

it('a user id is the same for one person in one mini-program, and different for any other', () => {
  const id = userIdOf(key, 'wxa', 'o1')
  expect(id).toMatch(/^u_[\w-]{22}$/)
  expect(userIdOf(key, 'wxa', 'o1')).toBe(id)
  const others = [
    userIdOf(key, 'wxa', 'o2'),
    userIdOf(key, 'wxb', 'o1'),
    userIdOf(createSecretKey(randomBytes(32)), 'wxa', 'o1'),
  ]
  expect(others).not.toContain(id)
})
