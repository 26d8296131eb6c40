import { describe, expect, it } from 'vitest'
import { linksOf } from './markdown.ts'
import { PAGES, readPage } from './pages.ts'
import { blocksOf, chinesePageOf, ENGLISH_PAGES, linkBetween, pagesWithoutTwin, shapeOf } from './pairs.ts'

/** Their examples have labels and data in the page's language. */
const OWN_EXAMPLES = ['emulator/README.md']

it.each(ENGLISH_PAGES)(
  '%s and its Chinese page have the same headings, rows of tables and links',
  (english) => {
    const chinese = chinesePageOf(english)
    expect(shapeOf(chinese, readPage(chinese))).toEqual(shapeOf(english, readPage(english)))
  },
)

it.each(ENGLISH_PAGES.filter((page) => !OWN_EXAMPLES.includes(page)))(
  '%s and its Chinese page have the same commands and code',
  (english) => {
    expect(blocksOf(readPage(chinesePageOf(english)))).toEqual(blocksOf(readPage(english)))
  },
)

it.each(ENGLISH_PAGES)('%s and its Chinese page lead to each other', (english) => {
  const chinese = chinesePageOf(english)
  expect(linksOf(readPage(english))).toContain(linkBetween(english, chinese))
  expect(linksOf(readPage(chinese))).toContain(linkBetween(chinese, english))
})

it('every page is in both languages', () => {
  expect(pagesWithoutTwin(PAGES)).toEqual([])
})

it('a page of one language alone is found', () => {
  const pages = ['README.md', 'README.zh-CN.md', 'docs/en/a.md', 'docs/zh-CN/a.md']
  expect(pagesWithoutTwin(pages)).toEqual([])
  for (const page of pages) {
    expect(pagesWithoutTwin(pages.filter((other) => other !== page))).toHaveLength(1)
  }
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
    expect(shapeOf('docs/zh-CN/a.md', english.replace(part, other))).not.toEqual(
      shapeOf('docs/en/a.md', english),
    )
  })

  it('but not by the language that a link leads to', () => {
    const chinese = english.replace('deploy.md#deploy', 'deploy.md#部署')
    expect(shapeOf('docs/zh-CN/a.md', chinese)).toEqual(shapeOf('docs/en/a.md', english))
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
