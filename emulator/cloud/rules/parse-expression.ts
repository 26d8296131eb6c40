import { type BinaryOperator, type Expression, PRECEDENCE } from './expression.ts'
import { SyntaxProblem, type Token, tokensOf } from './tokens.ts'

/** CloudBase's limits for one expression: 安全规则, 表达式 and 系统函数. */
const MAXIMUM_CHARACTERS = 1024
const MAXIMUM_GETS = 3
const MAXIMUM_GET_DEPTH = 2

/**
 * Parses one expression of a security rule.
 * @param variables the names that it may use
 * @throws SyntaxProblem for anything that is no expression, unknown names, and more than the platform takes
 */
export function parseExpression(source: string, variables: readonly string[]): Expression {
  if (source.length > MAXIMUM_CHARACTERS) {
    throw new SyntaxProblem(`表达式超过 ${MAXIMUM_CHARACTERS} 个字符`, MAXIMUM_CHARACTERS)
  }
  return new Parser(source, variables).parse()
}

const LITERALS: Readonly<Record<string, boolean | null | undefined>> = {
  true: true,
  false: false,
  null: null,
  undefined,
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #variables: readonly string[]
  #next = 0
  #gets = 0
  #getDepth = 0

  constructor(source: string, variables: readonly string[]) {
    this.#tokens = tokensOf(source)
    this.#variables = variables
  }

  parse(): Expression {
    const expression = this.#conditional()
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return expression
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 }
  }

  #conditional(): Expression {
    const test = this.#binary(1)
    if (!this.#take('?')) return test
    const whenTrue = this.#conditional()
    this.#require(':')
    return { kind: 'conditional', test, whenTrue, whenFalse: this.#conditional() }
  }

  #binary(precedence: number): Expression {
    let left = this.#unary()
    for (;;) {
      const operator = this.#operator()
      if (operator === undefined || PRECEDENCE[operator] < precedence) return left
      this.#next += 1
      left = { kind: 'binary', operator, left, right: this.#binary(PRECEDENCE[operator] + 1) }
    }
  }

  #operator(): BinaryOperator | undefined {
    const { kind, text } = this.#token
    const isOperator = (kind === 'symbol' || text === 'in') && Object.hasOwn(PRECEDENCE, text)
    return isOperator ? (text as BinaryOperator) : undefined
  }

  #unary(): Expression {
    for (const operator of ['!', '-'] as const) {
      if (this.#take(operator)) return { kind: 'unary', operator, operand: this.#unary() }
    }
    return this.#members(this.#primary())
  }

  #members(start: Expression): Expression {
    let object = start
    for (;;) {
      if (this.#take('.')) {
        const name = this.#token
        if (name.kind !== 'name') throw this.#unexpected()
        this.#next += 1
        object = { kind: 'member', object, property: { kind: 'literal', value: name.text } }
      } else if (this.#take('[')) {
        object = { kind: 'member', object, property: this.#conditional() }
        this.#require(']')
      } else {
        return object
      }
    }
  }

  #primary(): Expression {
    const token = this.#token
    this.#next += 1
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: Number(token.text) }
      case 'string':
        return { kind: 'literal', value: token.text }
      case 'template':
        return this.#template(token)
      case 'regex':
        return this.#test(token)
      case 'name':
        return this.#name(token)
      case 'symbol':
        if (token.text === '(') return this.#closed(this.#conditional())
        if (token.text === '[') return { kind: 'array', items: this.#items() }
    }
    this.#next -= 1
    throw this.#unexpected()
  }

  #name(token: Token): Expression {
    if (Object.hasOwn(LITERALS, token.text)) return { kind: 'literal', value: LITERALS[token.text] }
    if (token.text === 'get' && this.#variables.includes('get')) return this.#get(token)
    if (this.#variables.includes(token.text)) return { kind: 'variable', name: token.text }
    throw new SyntaxProblem(`没有变量 ${token.text}，可用：${this.#variables.join('、')}`, token.at)
  }

  #get(token: Token): Expression {
    this.#require('(')
    this.#gets += 1
    this.#getDepth += 1
    if (this.#gets > MAXIMUM_GETS) throw new SyntaxProblem(`最多 ${MAXIMUM_GETS} 个 get`, token.at)
    if (this.#getDepth > MAXIMUM_GET_DEPTH) {
      throw new SyntaxProblem(`get 最多嵌套 ${MAXIMUM_GET_DEPTH} 层`, token.at)
    }
    const path = this.#closed(this.#conditional())
    this.#getDepth -= 1
    return { kind: 'get', path }
  }

  /** `/pattern/.test(text)` */
  #test({ text: source, flags = '', at }: Token): Expression {
    try {
      new RegExp(source, flags)
    } catch {
      throw new SyntaxProblem('正则表达式不正确', at)
    }
    this.#require('.')
    if (this.#token.text !== 'test') throw new SyntaxProblem('正则表达式只能用 .test(…)', this.#token.at)
    this.#next += 1
    this.#require('(')
    return { kind: 'test', regex: { source, flags }, text: this.#closed(this.#conditional()) }
  }

  #template({ text, at }: Token): Expression {
    const [first = '', ...rest] = text.split('${')
    const parts = rest.map((part) => {
      const end = part.indexOf('}')
      if (end < 0) throw new SyntaxProblem('模板字符串里的 ${ 没有结束', at)
      const inner = new Parser(part.slice(0, end), this.#variables)
      return { value: inner.parse(), text: part.slice(end + 1) }
    })
    const texts = [first, ...parts.map((part) => part.text)]
    return { kind: 'template', texts, values: parts.map((part) => part.value) }
  }

  #items(): Expression[] {
    const items: Expression[] = []
    while (!this.#take(']')) {
      if (items.length > 0) this.#require(',')
      items.push(this.#conditional())
    }
    return items
  }

  #closed(inner: Expression): Expression {
    this.#require(')')
    return inner
  }

  #take(symbol: string): boolean {
    const { kind, text } = this.#token
    if (kind !== 'symbol' || text !== symbol) return false
    this.#next += 1
    return true
  }

  #require(symbol: string): void {
    if (!this.#take(symbol)) throw new SyntaxProblem(`这里应当是 ${symbol}`, this.#token.at)
  }

  #unexpected(): SyntaxProblem {
    const { kind, text, at } = this.#token
    return new SyntaxProblem(kind === 'end' ? '表达式没有写完' : `这里不应当是 ${text}`, at)
  }
}
