import { expect, it } from 'vitest'
import { rowWidthsOf } from './markdown.ts'
import { PAGES, readPage } from './pages.ts'

/** What a laptop shows in one line. */
const COLUMNS = 150
/** Generated pages, and tables of measurements. */
const OTHER = [/\/(actions|indexes|login-endings|parity)\.md$/, /^bench\//, /^CHANGELOG/]
const READ_PAGES = PAGES.filter((page) => !OTHER.some((pattern) => pattern.test(page)))

it.each(READ_PAGES)('%s: each row of a table is one line on a laptop', (page) => {
  expect(rowWidthsOf(readPage(page)).filter(({ width }) => width > COLUMNS)).toEqual([])
})

it('counts what is shown: no link target, no mark, two columns for a Chinese character', () => {
  const [row] = rowWidthsOf('| a | b |\n|---|---|\n| [手机](https://a.example/long) | `c` **d** |\n')
  expect(row).toEqual({ row: '手机 | c d', width: 4 + 3 + 3 })
})
