import { dirname, join, normalize, relative, sep } from 'node:path'
import { anchorsOf, headingLevelsOf, linksOf, stepsOf, tableRowsOf } from './markdown.ts'
import { PAGES, readPage } from './pages.ts'

const ENGLISH_FOLDER = 'docs/en/'
const CHINESE_FOLDER = 'docs/zh-CN/'
const CHINESE = '.zh-CN.md'

/** `docs/en/deploy.md` of `docs/zh-CN/deploy.md`, `README.md` of `README.zh-CN.md`. */
function englishPageOf(page: string): string {
  if (page.startsWith(CHINESE_FOLDER)) return ENGLISH_FOLDER + page.slice(CHINESE_FOLDER.length)
  return page.endsWith(CHINESE) ? `${page.slice(0, -CHINESE.length)}.md` : page
}

/** `docs/zh-CN/deploy.md` of `docs/en/deploy.md`, `README.zh-CN.md` of `README.md`. */
export function chinesePageOf(page: string): string {
  const english = englishPageOf(page)
  if (english.startsWith(ENGLISH_FOLDER)) return CHINESE_FOLDER + english.slice(ENGLISH_FOLDER.length)
  return `${english.slice(0, -'.md'.length)}${CHINESE}`
}

/** Whether the page is a Chinese one. */
export function isChinesePage(page: string): boolean {
  return page !== englishPageOf(page)
}

/** How a page links to another. */
export function linkBetween(page: string, other: string): string {
  return relative(dirname(page), other).replaceAll(sep, '/')
}

/** The English pages, each of which has a Chinese one. */
export const ENGLISH_PAGES = PAGES.filter(
  (page) => !isChinesePage(page) && PAGES.includes(chinesePageOf(page)),
)

/** Pages without their twin in the other language. */
export function pagesWithoutTwin(pages: readonly string[]): string[] {
  return pages.filter(
    (page) => !pages.includes(isChinesePage(page) ? englishPageOf(page) : chinesePageOf(page)),
  )
}

/**
 * The fenced blocks in their order, with the words behind the fence. Comments and titles of tests, which each language
 * has in its own words, are left out, but nothing of a block that a test of the documents runs as it is.
 */
export function blocksOf(text: string): string[] {
  return stepsOf(text).map((block) => {
    const isRunAsItIs = /^(sh|diff) test$/.test(block.words)
    return `${block.words}\n${isRunAsItIs ? block.text : withoutWords(block.text)}`
  })
}

/** What both languages of a page have in common, beside their blocks. */
export interface PageShape {
  /** `##`, in their order. */
  headings: string[]
  /** Rows of each table, without its heading. */
  rows: number[]
  /** Sorted. A page of either language counts as the English one, a heading by its place in the page. */
  links: string[]
}

/** @param page path of the page from the project's root, to which its links are relative */
export function shapeOf(page: string, text: string): PageShape {
  return {
    headings: headingLevelsOf(text).map((level) => '#'.repeat(level)),
    rows: tableRowsOf(text),
    links: linksOf(text)
      .map((target) => targetOf(page, text, target))
      // The line on top of a page that leads to its other language.
      .filter((target) => target !== englishPageOf(page))
      .sort(),
  }
}

/** Without `# a` and `// a`, behind a space or at a line's begin, and without the titles of `it('a', …)`. */
function withoutWords(code: string): string {
  return code.replaceAll(/(^|[ \t]+)(#|\/\/) .*$/gm, '').replaceAll(/^(\s*it\()'[^']*'/gm, '$1')
}

function targetOf(page: string, text: string, link: string): string {
  if (/^[a-z]+:/.test(link)) return link
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), path))
  if (anchor === undefined) return englishPageOf(file)
  const anchors = anchorsOf(file === page ? text : readPage(file))
  return `${englishPageOf(file)}#${anchors.indexOf(anchor)}`
}
