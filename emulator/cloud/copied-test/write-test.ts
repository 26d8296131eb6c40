import type { Invocation } from '../../control/invocation.ts'
import { actionOf, outcomeOf } from '../../control/outcome.ts'
import { type MadeValue, madeIn } from './event-values.ts'
import { expectationsOf, thrownText } from './expectation.ts'
import { accessor, literal, quoted } from './literal.ts'
import type { Recipe, Step } from './recipe.ts'

/** Starts a project for its tests. */
const KIT = 'wechat-cloud-emulator/testing'
const TIMEOUT = '60_000'

/**
 * The text of a vitest test that repeats a call and expects the same outcome. It is JavaScript and TypeScript alike.
 * @param problem why the test does not pass as it is; in lines
 */
export function writeTest(call: Invocation, recipe: Recipe, problem: readonly string[] = []): string {
  return `import { afterAll, expect, it } from 'vitest'
import { startProject } from '${KIT}'
${problem.map((line) => `// ${line}\n`).join('')}
// project.config.json 所在的文件夹 · the folder with project.config.json
const project = await startProject('.')
afterAll(() => project.stop())

it(${quoted(titleOf(call))}, async () => {
  const { cloud } = project
${new TestBody(call, recipe).lines().join('\n')}
}, ${TIMEOUT})
`
}

class TestBody {
  readonly #call: Invocation
  readonly #recipe: Recipe
  readonly #names = new Map<Invocation, string>()
  /** Calls of which a later one needs a part of the answer. */
  readonly #needed: ReadonlySet<Invocation>

  constructor(call: Invocation, recipe: Recipe) {
    this.#call = call
    this.#recipe = recipe
    const made = recipe.steps.flatMap((step) => (step.kind === 'call' ? madeIn(step.event) : []))
    this.#needed = new Set(made.flatMap((value) => (value.kind === 'answer' ? [value.call] : [])))
  }

  lines(): string[] {
    return this.#recipe.steps.flatMap((step) => this.#write(step)).map((line) => `  ${line}`)
  }

  #write(step: Step): string[] {
    switch (step.kind) {
      case 'put':
        return [`await cloud.collection(${quoted(step.collection)}).put(${this.#literal(step.document)})`]
      case 'advance':
        return [`await project.clock.advance(${quoted(`${step.seconds} s`)})`]
      case 'fault':
        return [`await project.faults.add(${this.#literal(step.fault)})`]
      case 'call':
        return this.#writeCall(step.call, step.event)
    }
  }

  #writeCall(call: Invocation, event: unknown): string[] {
    const person = call.openid === undefined ? '' : `, { as: ${quoted(call.openid)} }`
    const data = person === '' && isEmpty(event) ? '' : `, ${this.#literal(event, call)}`
    const request = `cloud.call(${quoted(call.functionName)}${data}${person})`
    if (call === this.#call) return this.#writeExpectation(call, request)
    if (call.error) return [`await ${request}.catch(() => {})`]
    if (!this.#needed.has(call)) return [`await ${request}`]
    const name = this.#nameOf(call)
    // The answer of a call is of unknown type; that of Object() has any field.
    return [`const ${name} = Object(await ${request})`]
  }

  #writeExpectation(call: Invocation, request: string): string[] {
    if (call.error) return [`await expect(${request}).rejects.toThrow(${thrownText(call)})`]
    const name = this.#nameOf(call)
    const expectations = expectationsOf(call.result, name, this.#recipe)
    const isField = expectations.some((line) => line.includes(`expect(${name}[`))
    return [`const ${name} = ${isField ? `Object(await ${request})` : `await ${request}`}`, ...expectations]
  }

  /** A name that no other variable of the test has. */
  #nameOf(call: Invocation): string {
    const known = this.#names.get(call)
    if (known !== undefined) return known
    const base = call === this.#call ? 'answer' : variableName(call.functionName)
    const taken = new Set([...this.#names.values(), 'cloud', 'project', 'expect', 'it', 'answer'])
    let name = base
    if (base !== 'answer') for (let number = 2; taken.has(name); number++) name = `${base}${number}`
    this.#names.set(call, name)
    return name
  }

  #literal(value: unknown, call?: Invocation): string {
    return literal(value, (made) => this.#expression(made, call), '  ')
  }

  #expression(made: MadeValue, call: Invocation | undefined): string {
    const openid = quoted(call?.openid ?? '')
    switch (made.kind) {
      case 'phone-code':
        return `await cloud.phoneCode(${openid})`
      case 'login-code':
        return `(await cloud.control.post('login-code', { openid: ${openid} })).code`
      case 'answer': {
        const name = this.#names.get(made.call)
        return name === undefined ? UNKNOWN : `${name}${made.path.map(accessor).join('')}`
      }
      case 'unknown':
        return UNKNOWN
    }
  }
}

/** What a test sends in place of a value that nothing gives. */
export const UNKNOWN_VALUE = 'not-in-the-log'
const UNKNOWN = `${quoted(UNKNOWN_VALUE)} /* 记录里没有这个值 · the log does not have it */`

const RESERVED =
  /^(await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|arguments|eval|undefined)$/

function variableName(functionName: string): string {
  const name = functionName.replace(/[^\p{L}\p{N}_$]/gu, '_').replace(/^(\p{N})/u, '_$1')
  return RESERVED.test(name) ? `${name}_` : name
}

function isEmpty(event: unknown): boolean {
  return (
    event === undefined || (typeof event === 'object' && event !== null && Object.keys(event).length === 0)
  )
}

function titleOf(call: Invocation): string {
  const action = actionOf(call)
  return `${call.functionName}${action === undefined ? '' : ` ${action}`}: ${outcomeOf(call).text}`
}
