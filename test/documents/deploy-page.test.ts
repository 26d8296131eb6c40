import { expect, it } from 'vitest'
import { linksOf } from './markdown.ts'
import { readPage } from './pages.ts'

const PAGES = ['docs/en/deploy.md', 'docs/zh-CN/deploy.md']
const LINES_OF_A_SCREEN = 43
const COMMANDS = ['setup', 'build', 'doctor', 'database', 'deploy -- preview', 'deploy -- upload']

/** What a reader sees before anything leads away. */
function firstScreenOf(page: string): string {
  return readPage(page).split('\n').slice(0, LINES_OF_A_SCREEN).join('\n')
}

it.each(PAGES)('%s has the whole way on its first screen, and no link there', (page) => {
  expect(linksOf(firstScreenOf(page))).toEqual([])
  for (const command of COMMANDS) expect(firstScreenOf(page)).toContain(`npm run ${command}`)
})

it('both languages have the same sections', () => {
  const [english = [], chinese = []] = PAGES.map((page) => readPage(page).match(/^#+(?= )/gm) ?? [])
  expect(chinese).toEqual(english)
})
