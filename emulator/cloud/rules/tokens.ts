/** A token of an expression; `at` is its first character, from 0. */
export interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'symbol' | 'template' | 'regex' | 'end'
  /** The text, without quotes and with escapes resolved. */
  readonly text: string
  readonly at: number
  /** Flags of a regex. */
  readonly flags?: string
}

/** An expression that cannot be read; `at` is the character, from 0. */
export class SyntaxProblem extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

const SYMBOLS = /===|!==|==|!=|<=|>=|&&|\|\||[<>!+\-*/%()[\].,?:]/y
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy
/** After these, a slash divides. */
const ENDS_OPERAND = /^[)\]]$/

/** @throws SyntaxProblem */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const first = source[at] ?? ''
    if (/\s/.test(first)) {
      at += 1
      continue
    }
    const [token, end] = readToken(source, at, tokens.at(-1))
    tokens.push(token)
    at = end
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }]
}

function readToken(source: string, at: number, before: Token | undefined): [Token, number] {
  const first = source[at] ?? ''
  if (first === "'" || first === '"') return readQuoted(source, at, 'string')
  if (first === '`') return readQuoted(source, at, 'template')
  if (first === '/' && !isOperand(before)) return readRegex(source, at)
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['symbol', SYMBOLS],
  ] as const) {
    const text = matchAt(pattern, source, at)
    if (text !== undefined) return [{ kind, text: plainOperator(text), at }, at + text.length]
  }
  throw new SyntaxProblem(`不认识的字符 ${first}`, at)
}

function isOperand(token: Token | undefined): boolean {
  if (!token) return false
  return token.kind === 'symbol' ? ENDS_OPERAND.test(token.text) : token.text !== 'in'
}

/** `===` compares like `==`, which converts nothing here. */
function plainOperator(text: string): string {
  return text === '===' || text === '!==' ? text.slice(0, 2) : text
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** A template keeps its text as it is written: the parser takes it apart. */
function readQuoted(source: string, start: number, kind: 'string' | 'template'): [Token, number] {
  const quote = source[start]
  let text = ''
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (character === quote) return [{ kind, text, at: start }, at + 1]
    if (character !== '\\') {
      text += character
      continue
    }
    at += 1
    const escaped = source[at] ?? ''
    text += ESCAPES[escaped] ?? escaped
  }
  throw new SyntaxProblem(`字符串没有结束 ${quote}`, start)
}

function readRegex(source: string, start: number): [Token, number] {
  let isInClass = false
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at]
    if (character === '\\') at += 1
    else if (character === '[') isInClass = true
    else if (character === ']') isInClass = false
    else if (character === '/' && !isInClass) {
      const flags = /^[a-z]*/.exec(source.slice(at + 1))?.[0] ?? ''
      const text = source.slice(start + 1, at)
      return [{ kind: 'regex', text, flags, at: start }, at + 1 + flags.length]
    }
  }
  throw new SyntaxProblem('正则表达式没有结束', start)
}
