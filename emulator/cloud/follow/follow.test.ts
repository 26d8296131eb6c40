import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { duplicateKey, writeFailed } from '../database/failures.ts'
import { CloudError } from '../errors.ts'
import { causeOf } from './cause.ts'
import { Follow } from './follow.ts'
import { FollowError } from './read-differences.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'follow-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function follow(content: unknown): Follow {
  const file = join(directory, 'differences.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return Follow.read(file)
}

it('tells causes apart, whatever names and values a message has', () => {
  const text = (field: string, type: string) =>
    writeFailed(`The field '${field}' must be an array but is of type ${type}`)
  expect(causeOf(text('a', 'int').message)).toBe(causeOf(text('b.c', 'int').message))
  expect(causeOf(text('a', 'int').message)).not.toBe(causeOf(text('a', 'null').message))
  expect(causeOf(duplicateKey('a', 'i', '{ f: 1 }').message)).toBe(
    causeOf(duplicateKey('b', 'j', '{ g: "x" }').message),
  )
})

it('gives an error the words of the cloud, for its action alone', () => {
  const emulator = duplicateKey('parity', 'i', '{ f: 1 }').message
  const error = {
    question: 'q',
    kind: 'error',
    action: 'database.insertDocument',
    emulator,
    code: 'OTHER',
    message: 'taken',
  }
  const followed = follow({ format: 1, differences: [error] })
  const duplicate = duplicateKey('users', 'j', '{ g: 2 }')
  expect(followed.error('database.insertDocument', duplicate)).toMatchObject({
    code: 'OTHER',
    message: 'taken',
  })
  expect(followed.error('database.modifyDocument', duplicate)).toBe(duplicate)
  const another = new CloudError('SYS_ERR', 'another')
  expect(followed.error('database.insertDocument', another)).toBe(another)
})

it('names what it cannot follow', () => {
  const differences = [
    { question: 'a', kind: 'behaviour', name: 'withoutCondition', value: 'all' },
    { question: 'b', kind: 'behaviour', name: 'withoutCondition', value: 'some' },
    { question: 'c', kind: 'count', name: 'nothing', value: 1 },
    { question: 'd', kind: 'other' },
  ]
  const followed = follow({ format: 1, differences })
  expect(followed.unfollowed).toEqual(['b', 'c', 'd'])
  expect(followed.behaviours.withoutCondition).toBe('all')
})

it.each(['', '[]', '{"format": 2, "differences": []}', '{"format": 1, "differences": [{"kind": "error"}]}'])(
  'refuses the file %j in one line',
  (content) => {
    expect(() => follow(content)).toThrow(FollowError)
    expect(() => follow(content)).toThrow(/^[^\n]*$/)
  },
)
