import { expect, it } from 'vitest'
import { isExempt } from './exempt.ts'
import { findWords } from './find-words.ts'

const wordsOf = (text: string) => findWords('file.ts', text).map(({ line, word }) => `${line}: ${word}`)

it('finds words in names, comments and sentences, with their lines', () => {
  expect(wordsOf('const deedsOf = 1\n\n// whoever asks anew\ngiveUp()')).toEqual([
    '1: deeds',
    '3: whoever',
    '3: anew',
    '4: give Up',
  ])
})

it.each(['indeed', 'a healthy cloud', 'const onePhone = 1', 'const place1 = 2', 'it is told apart'])(
  'accepts %j',
  (text) => {
    expect(wordsOf(text)).toEqual([])
  },
)

it.each(['const own = 1', 'let what = 2', 'for (const one of all)'])(
  'rejects the empty name in %j',
  (text) => {
    expect(wordsOf(text)).toHaveLength(1)
  },
)

it('exempts a folder with everything below it, or one file', () => {
  const exempt = ['test/faults', 'vitest.config.ts']
  expect(isExempt('test/faults/calls.ts', exempt)).toBe(true)
  expect(isExempt('vitest.config.ts', exempt)).toBe(true)
  expect(isExempt('test/faults-of-others.ts', exempt)).toBe(false)
})
