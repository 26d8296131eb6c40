import { expect, it } from 'vitest'
import { PAGES, readPage } from './pages.ts'
import { isChinesePage } from './pairs.ts'
import { repeatedTexts } from './repeated-text.ts'

/** About ten English words, or twenty-five Chinese characters. */
const COLUMNS = 50
/** Generated pages, and the record of what has changed. */
const OTHER = [/\/(actions|indexes|login-endings|parity)\.md$/, /\/SUPPORTED/, /^CHANGELOG/]
const WRITTEN_PAGES = PAGES.filter((page) => !OTHER.some((pattern) => pattern.test(page)))

it.each([
  { language: 'English', isChinese: false },
  { language: 'Chinese', isChinese: true },
])('nothing is said twice in two $language pages', ({ isChinese }) => {
  const pages = WRITTEN_PAGES.filter((page) => isChinesePage(page) === isChinese)
  expect(repeatedTexts(new Map(pages.map((page) => [page, readPage(page)])), COLUMNS)).toEqual([])
})

const repeated = (first: string, second: string) =>
  repeatedTexts(
    new Map([
      ['a.md', first],
      ['b.md', second],
    ]),
    COLUMNS,
  )

it.each([
  [
    'a sentence with other line breaks and links',
    'It removes expired sessions, old counts and\npictures that [no user](c.md) has.',
    'Each hour it removes expired sessions, old counts and pictures that no user has.',
  ],
  [
    'a cell',
    '| a | b |\n|---|---|\n| `x` | removes expired sessions, old counts, and pictures that no user has |',
    'It removes expired sessions, old counts and pictures that no user has.',
  ],
  [
    'a Chinese sentence',
    '它清除过期的登录、180 天前的记录、一小时前的限频计数和没有人用的头像。',
    '- 清除过期的登录、180 天前的记录、\n  一小时前的限频计数和没有人用的头像',
  ],
])('finds %s', (_, first, second) => {
  expect(repeated(first, second)).toMatchObject([{ pages: ['a.md', 'b.md'] }])
})

it.each([
  ['a command', 'Run `npm run secrets -- drop k1 --numbers-left 0 --leaked` and then deploy.'],
  ['a block of code', '```\nnpm run secrets -- drop k1 --numbers-left 0 --leaked and then deploy\n```'],
  ['a heading', '## How a function of your own lets only logged-in users reach its documents'],
  ['a short text', 'It removes expired sessions and old counts.'],
])('leaves out %s', (_, text) => {
  expect(repeated(text, text)).toEqual([])
})
