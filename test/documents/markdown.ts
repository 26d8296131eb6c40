import { marked, type Token, type Tokens } from 'marked'

/** Every token of a document, those inside of others included. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  marked.walkTokens(marked.lexer(text), (token) => {
    tokens.push(token)
  })
  return tokens
}

/** Targets of links and pictures. */
export function linksOf(text: string): string[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Link | Tokens.Image => token.type === 'link' || token.type === 'image')
    .map(({ href }) => decodeURI(href))
}

/** What a link with `#` can name: a heading, as GitHub calls it (a repeated one gets a number), or `<a id="…">`. */
export function anchorsOf(text: string): string[] {
  const ids = [...text.matchAll(/<a id="([\w-]+)"><\/a>/g)].map(([, id = '']) => id)
  return [...ids, ...headingsOf(text)]
}

function headingsOf(text: string): string[] {
  const used = new Map<string, number>()
  return tokensOf(text)
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map((heading) => {
      const anchor = textOutsideTags(marked.parser([heading]))
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-')
      const count = used.get(anchor) ?? 0
      used.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    })
}

/** Names in `backquotes`, outside of fenced blocks. */
export function codeSpansOf(text: string): string[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Codespan => token.type === 'codespan')
    .map((token) => token.text)
}

/** The fenced blocks with exactly these words behind the fence. */
export function fencedBlocksOf(text: string, words: string): string[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Code => token.type === 'code' && token.lang === words)
    .map((token) => token.text)
}

/** Their lines. */
export function fencedLinesOf(text: string, words: string): string[] {
  return fencedBlocksOf(text, words).flatMap((block) => block.trim().split('\n'))
}

/** The fenced blocks in their order, each with the words behind the fence. */
export function stepsOf(text: string): { words: string; text: string }[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map((token) => ({ words: token.lang ?? '', text: token.text }))
}

/** Lines of the rendered page that show a `|` outside of code: rows that do not belong to a table. */
export function rawPipesOf(text: string): string[] {
  const html = marked.parse(text, { async: false })
  const withoutCode = html.replaceAll(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>/g, '')
  return textOutsideTags(withoutCode)
    .split('\n')
    .filter((line) => line.includes('|'))
}

/** Levels of the headings in their order: 1 for `#`. */
export function headingLevelsOf(text: string): number[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map(({ depth }) => depth)
}

/** How many rows each table has, without its heading. */
export function tableRowsOf(text: string): number[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Table => token.type === 'table')
    .map(({ rows }) => rows.length)
}

/** Rows of tables with more or fewer cells than their heading. A renderer drops or adds cells without a word. */
export function unevenRowsOf(text: string): string[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap(({ raw, header }) =>
      raw
        .trim()
        .split('\n')
        .filter((row) => cellsOf(row) !== header.length),
    )
}

/** Each row of a table with its width as shown, in columns: a Chinese character takes two, a gap between cells three. */
export function rowWidthsOf(text: string): { row: string; width: number }[] {
  return tokensOf(text)
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap(({ rows }) => rows)
    .map((cells) => cells.map((cell) => textOutsideTags(marked.parseInline(cell.text, { async: false }))))
    .map((cells) => cells.join(' | '))
    .map((row) => ({ row, width: [...row].reduce((sum, character) => sum + columnsOf(character), 0) }))
}

/** Chinese characters and punctuation, and the full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** How many columns a character takes on a screen. */
export function columnsOf(character: string): number {
  return WIDE.test(character) ? 2 : 1
}

/** How many cells a row has. `\|` is a character of a cell. */
function cellsOf(row: string): number {
  return row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/).length
}

function textOutsideTags(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
