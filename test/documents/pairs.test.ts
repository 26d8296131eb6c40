import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linksOf } from './markdown.ts'
import { readPage } from './pages.ts'
import { blocksOf, chinesePageOf, isSummary, PAIRED_PAGES, shapeOf } from './pairs.ts'

/** Their examples have labels and data in the page's language. */
const OWN_EXAMPLES = ['emulator/README.md']

const WHOLE_PAGES = PAIRED_PAGES.filter((page) => {
  const chinese = chinesePageOf(page)
  return !isSummary(chinese, readPage(chinese))
})

describe.each(WHOLE_PAGES)('%s and its Chinese page', (english) => {
  const chinese = chinesePageOf(english)

  it('have the same headings, rows of tables and links', () => {
    expect(shapeOf(chinese, readPage(chinese))).toEqual(shapeOf(english, readPage(english)))
  })
})

it.each(WHOLE_PAGES.filter((page) => !OWN_EXAMPLES.includes(page)))(
  '%s and its Chinese page have the same commands and code',
  (english) => {
    expect(blocksOf(readPage(chinesePageOf(english)))).toEqual(blocksOf(readPage(english)))
  },
)

it.each(PAIRED_PAGES)('%s and its Chinese page lead to each other', (english) => {
  const chinese = chinesePageOf(english)
  expect(linksOf(readPage(english))).toContain(basename(chinese))
  expect(linksOf(readPage(chinese))).toContain(basename(english))
})

it('every page that a developer reads first has a Chinese page', () => {
  expect(WHOLE_PAGES).toEqual(
    expect.arrayContaining(['README.md', 'docs/security.md', 'docs/troubleshooting.md']),
  )
})

it('a Chinese page that leads to a section of its English page is a summary', () => {
  expect(isSummary('docs/a.zh-CN.md', '[English](a.md)')).toBe(false)
  expect(isSummary('docs/a.zh-CN.md', '[English](a.md) [b](a.md#b)')).toBe(true)
})

describe('a page that says less than its other language is rejected', () => {
  const english = '# A\n## B\n[c](deploy.md#deploy) [d](https://d.example)\n| e |\n|---|\n| 1 |\n| 2 |\n'

  it.each([
    ['a heading', '## B\n', ''],
    ['the level of a heading', '## B', '### B'],
    ['a link', '[d](https://d.example)', 'd'],
    ['where a link leads', 'deploy.md#deploy', 'deploy.md#more-about-each-step'],
    ['a row', '| 2 |\n', ''],
  ])('by %s', (_, part, other) => {
    expect(shapeOf('docs/a.zh-CN.md', english.replace(part, other))).not.toEqual(
      shapeOf('docs/a.md', english),
    )
  })

  it('but not by the language that a link leads to', () => {
    const chinese = english.replace('deploy.md#deploy', 'deploy.zh-CN.md#部署')
    expect(shapeOf('docs/a.zh-CN.md', chinese)).toEqual(shapeOf('docs/a.md', english))
  })

  it.each([
    ['a command', '```sh\nnpm test\n```', '```sh\nnpm start\n```', false],
    ['the mark of a block that is run', '```sh test\nnpm test\n```', '```sh\nnpm test\n```', false],
    ['a comment', '```js\na() // one\n```', '```js\na() // 一\n```', true],
    ['the title of a test', "```js\nit('one', a)\n```", "```js\nit('一', a)\n```", true],
    ['a comment of a block that is run', '```sh test\na # one\n```', '```sh test\na # 一\n```', false],
  ])('%s', (_, block, other, isSame) => {
    expect(blocksOf(other).join() === blocksOf(block).join()).toBe(isSame)
  })
})
