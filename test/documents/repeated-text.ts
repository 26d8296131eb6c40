import { marked, type Token, type Tokens } from 'marked'
import { columnsOf } from './markdown.ts'

/** A run of text that stands in more than one page. */
export interface RepeatedText {
  text: string
  pages: string[]
}

/** Spans of code, words, and each Chinese character. */
const WORD = /`[^`]*`|\p{Script=Han}|[^\s\p{Script=Han}\p{P}\p{S}]+/gu

/**
 * Runs of at least so many columns that two pages share, whatever their line breaks, punctuation and links: the first
 * run of the same pages. Blocks of code and headings are left out, and a run ends with its paragraph or cell.
 *
 * @param pages text by path, all in one language
 * @param columns width of a run; a Chinese character takes two
 */
export function repeatedTexts(pages: ReadonlyMap<string, string>, columns: number): RepeatedText[] {
  const pagesOfRun = new Map<string, Set<string>>()
  for (const [page, text] of pages) {
    for (const run of blocksOf(text).flatMap((block) => runsOf(block, columns))) {
      pagesOfRun.set(run, (pagesOfRun.get(run) ?? new Set()).add(page))
    }
  }
  const first = new Map<string, RepeatedText>()
  for (const [text, found] of pagesOfRun) {
    const pages = [...found].sort()
    if (pages.length > 1 && !first.has(pages.join())) first.set(pages.join(), { text, pages })
  }
  return [...first.values()]
}

/** Text of paragraphs, items of lists and cells. */
function blocksOf(text: string): string[] {
  const blocks: string[] = []
  marked.walkTokens(marked.lexer(text), (token) => {
    if (token.type === 'paragraph' || token.type === 'text') blocks.push(proseOf(token.tokens ?? []))
    if (token.type !== 'table') return
    const { header, rows } = token as Tokens.Table
    for (const cell of [header, ...rows].flat()) blocks.push(proseOf(cell.tokens))
  })
  return blocks
}

function proseOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'codespan') return token.raw
      if ('tokens' in token && token.tokens !== undefined) return proseOf(token.tokens)
      return token.type === 'text' ? String(token.text) : ' '
    })
    .join('')
}

/** From each word, the shortest run that is wide enough. */
function runsOf(block: string, columns: number): string[] {
  const words = block.match(WORD) ?? []
  const runs: string[] = []
  for (const start of words.keys()) {
    let width = 0
    let end = start
    while (end < words.length && width < columns) {
      width += widthOf(words[end] ?? '')
      end += 1
    }
    if (width < columns) return runs
    runs.push(words.slice(start, end).join(' '))
  }
  return runs
}

/** Code counts as nothing: commands and names of files are in many pages. */
function widthOf(word: string): number {
  return word.startsWith('`') ? 0 : [...word].reduce((sum, character) => sum + columnsOf(character), 0)
}
