import { basename, dirname, join, normalize } from 'node:path'
import { anchorsOf, headingLevelsOf, linksOf, stepsOf, tableRowsOf } from './markdown.ts'
import { PAGES, readPage } from './pages.ts'

const CHINESE = '.zh-CN.md'

/** `docs/deploy.md` of `docs/deploy.zh-CN.md`. */
function englishPageOf(page: string): string {
  return page.endsWith(CHINESE) ? `${page.slice(0, -CHINESE.length)}.md` : page
}

/** `docs/deploy.zh-CN.md` of `docs/deploy.md`. */
export function chinesePageOf(page: string): string {
  return `${englishPageOf(page).slice(0, -'.md'.length)}${CHINESE}`
}

/** Whether the page is the Chinese one of an English page. */
export function isChinesePage(page: string): boolean {
  return page !== englishPageOf(page) && PAGES.includes(englishPageOf(page))
}

/** The English pages that have a Chinese one. */
export const PAIRED_PAGES = PAGES.filter(isChinesePage).map(englishPageOf)

/** Whether a Chinese page is shorter and says so: it leads to a section of its English page for the rest. */
export function isSummary(chinese: string, text: string): boolean {
  return linksOf(text).some((link) => link.startsWith(`${basename(englishPageOf(chinese))}#`))
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
