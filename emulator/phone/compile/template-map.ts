import { writeNumbers } from '../program/vlq.ts'

/** `R["utils/a"]=D("utils/a",(require,exports,module)=>{`, with the first line of a WXS file behind it. */
const WXS_FILE = /R\[("(?:[^"\\]|\\.)*")\]=D\([^)]*?,\(require,exports,module\)=>\{/
/** `D('pages/a/a#tools',(require,exports,module)=>{`, with the first line of a WXS script of a template behind it. */
const INLINE_WXS = /D\('[^'#]*#([^'\\]*)',\(require,exports,module\)=>\{(?!.*D\(')/
/** How the templates' code begins the one of a file, see `templates.ts`. */
const TEMPLATE = /^lazily\(("(?:[^"\\]|\\.)*"),/
/** A call in an expression: that of a method by its name. */
const CALL = /P\(X\((?:[^()]|\([^()]*\))*\)\.([\w$]+)\)\(/g

interface Position {
  file: string
  /** From 0; absent where only the file is known. */
  line?: number
}

interface Segment extends Position {
  /** Of the code, from 0. */
  column: number
}

/**
 * The source map of the templates' code. WXS is in it line by line; of WXML, the line of an expression is known if it
 * calls a method whose name no other line calls. A segment with a name knows its file alone.
 * @param read gives the source of a file
 */
export function mapTemplates(code: string, read: (file: string) => string): string {
  const map = new MapWriter(read)
  let template = ''
  let script: { file: string; line: number; end: number } | undefined
  for (const text of code.split('\n')) {
    const [, path] = TEMPLATE.exec(text) ?? []
    if (path !== undefined) template = `${JSON.parse(path) as string}.wxml`
    const [, wxsPath] = WXS_FILE.exec(text) ?? []
    const [, inlineName] = INLINE_WXS.exec(text) ?? []
    if (wxsPath !== undefined) {
      const file = `${JSON.parse(wxsPath) as string}.wxs`
      script = { file, line: 0, end: lineCount(read(file)) }
    } else if (script)
      script = script.line + 1 < script.end ? { ...script, line: script.line + 1 } : undefined
    const isLastOfInline = script && script.file === template && script.line + 1 === script.end
    if (script && !isLastOfInline) map.add([{ column: 0, file: script.file, line: script.line }])
    else if (template !== '' && /\bH\[/.test(text)) map.add(callsIn(text, template, read(template)))
    else map.add([])
    if (inlineName !== undefined) script = inlineScript(template, read(template), inlineName)
  }
  return map.finish()
}

function callsIn(text: string, file: string, source: string): Segment[] {
  const lines = source.replace(/<wxs[\s\S]*?<\/wxs>|<!--[\s\S]*?-->/g, blankLines).split('\n')
  const calls = [...text.matchAll(CALL)].flatMap<Segment>(({ 1: name = '', index }) => {
    const pattern = new RegExp(`\\.\\s*${name.replaceAll('$', '\\$')}\\s*\\(`)
    const found = lines.flatMap((line, number) => (pattern.test(line) ? [number] : []))
    const [only] = found
    const isKnown = only !== undefined && found.length === 1
    const end = { column: endOfCall(text, index), file }
    return isKnown ? [{ column: index, file, line: only }, end] : [end]
  })
  return [{ column: 0, file }, ...calls.sort((a, b) => a.column - b.column)]
}

/** Behind the arguments of a call, `P(…)(…)`. */
function endOfCall(text: string, start: number): number {
  let depth = 0
  let groups = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] !== ')') continue
    depth -= 1
    if (depth === 0) groups += 1
    if (groups === 2) return at + 1
  }
  return text.length
}

const blankLines = (text: string) => text.replace(/[^\n]/g, ' ')

const lineCount = (text: string) => text.split('\n').length

/** Lines of a template's own script: its first one is that of the tag's end. */
function inlineScript(file: string, source: string, name: string) {
  const tag = source.search(new RegExp(`<wxs\\s[^>]*module=["']${name}["']`))
  const start = source.indexOf('>', tag)
  const end = source.indexOf('</wxs>', start)
  if (tag < 0 || end < 0) return undefined
  const line = lineCount(source.slice(0, start)) - 1
  return { file, line, end: lineCount(source.slice(0, end)) }
}

class MapWriter {
  readonly #read: (file: string) => string
  readonly #sources: string[] = []
  readonly #lines: string[] = []
  #last = { source: 0, line: 0 }
  #hasNames = false

  constructor(read: (file: string) => string) {
    this.#read = read
  }

  add(segments: readonly Segment[]): void {
    let lastColumn = 0
    const texts = segments.map(({ column, file, line }) => {
      const source = this.#sourceOf(file)
      const numbers = [column - lastColumn, source - this.#last.source, (line ?? 0) - this.#last.line, 0]
      if (line === undefined) numbers.push(0)
      this.#hasNames ||= line === undefined
      lastColumn = column
      this.#last = { source, line: line ?? 0 }
      return writeNumbers(numbers)
    })
    this.#lines.push(texts.join(','))
  }

  finish(): string {
    return JSON.stringify({
      version: 3,
      sources: this.#sources,
      sourcesContent: this.#sources.map((file) => this.#read(file)),
      names: this.#hasNames ? ['?'] : [],
      mappings: this.#lines.join(';'),
    })
  }

  #sourceOf(file: string): number {
    const known = this.#sources.indexOf(file)
    return known >= 0 ? known : this.#sources.push(file) - 1
  }
}
