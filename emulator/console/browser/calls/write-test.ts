import type { LoggedCall } from '../../../control/interface.ts'
import { actionOf, outcomeOf } from './outcome'

/** Starts a project for its tests. */
const KIT = 'wechat-cloud-emulator/testing'
/** What the log has in place of a secret. */
const HIDDEN = '••••••'
/** Calls that a call needs before it, because their answers have what it sends. */
const LONGEST_CHAIN = 4

type Path = readonly (string | number)[]

/**
 * The text of a vitest test that makes the same call and expects the same outcome. The log has no secrets: a field that
 * is hidden is taken from the answer of an earlier call of the same person that has a hidden field of that name, and a
 * phone code from a tap. What is left is marked in the text.
 * @param calls the log, the latest first
 */
export function writeTest(call: LoggedCall, calls: readonly LoggedCall[]): string {
  const steps: string[] = []
  const made = new Map<LoggedCall, string>()
  const name = writeCall(call, calls, { steps, made, left: LONGEST_CHAIN })
  const person = call.openid === undefined ? '云端测试' : call.openid
  return `import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProject, type TestProject } from '${KIT}'

let project: TestProject
beforeAll(async () => {
  // 项目文件夹，即 project.config.json 所在处 · the folder with project.config.json
  project = await startProject('.')
}, 60_000)
afterAll(() => project.stop())

it('${quoted(titleOf(call))}', async () => {
  const { cloud } = project
${call.openid === undefined ? '' : `  const openid = '${quoted(person)}'\n`}${steps.map((step) => indent(step)).join('\n')}
${indent(expectationOf(call, name))}
})
`
}

interface Writing {
  steps: string[]
  made: Map<LoggedCall, string>
  left: number
}

/** Adds the statements that make the call. @returns the name of the variable with its end */
function writeCall(call: LoggedCall, calls: readonly LoggedCall[], writing: Writing): string {
  const known = writing.made.get(call)
  if (known) return known
  const base = call.functionName.replace(/[^\p{L}\p{N}_$]/gu, '_').replace(/^(\p{N})/u, '_$1')
  const event = literal(call.event, [], (path) => secretAt(path, call, calls, writing))
  const taken = [...writing.made.values()].filter((other) => other.replace(/\d+$/, '') === base).length
  const name = taken === 0 ? base : `${base}${taken + 1}`
  writing.made.set(call, name)
  const person = call.openid === undefined ? 'undefined' : 'openid'
  writing.steps.push(
    `const ${name} = await cloud.invoke('${quoted(call.functionName)}', ${person}, ${event})`,
  )
  return name
}

/** An expression for a hidden field of an event. */
function secretAt(path: Path, call: LoggedCall, calls: readonly LoggedCall[], writing: Writing): string {
  const field = path.findLast((part) => typeof part === 'string') ?? ''
  if (/phone_?code$/i.test(String(field))) return 'await cloud.phoneCode(openid)'
  const source = writing.left > 0 ? findSource(String(field), call, calls) : undefined
  if (source) {
    const name = writeCall(source.call, calls, { ...writing, left: writing.left - 1 })
    return `(${name}.result as ${typeAround(source.path)})${source.path.map(accessor).join('')}`
  }
  if (/code$/i.test(String(field)) && call.openid !== undefined) {
    return "(await cloud.control.post('login-code', { openid })).code"
  }
  return "'' /* 记录里没有这个值，请填 · not in the log: fill in */"
}

/** The latest earlier call of the same person whose answer has a hidden field of that name. */
function findSource(field: string, call: LoggedCall, calls: readonly LoggedCall[]) {
  for (const earlier of calls.slice(calls.indexOf(call) + 1)) {
    if (earlier.openid !== call.openid || outcomeOf(earlier).kind !== 'good') continue
    const path = findHidden(earlier.result, field)
    if (path) return { call: earlier, path }
  }
  return undefined
}

function findHidden(value: unknown, field: string): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const key = Array.isArray(value) ? Number(name) : name
    if (name === field && inner === HIDDEN) return [key]
    const path = findHidden(inner, field)
    if (path) return [key, ...path]
  }
  return undefined
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

function accessor(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`
  return NAME.test(part) ? `.${part}` : `['${quoted(part)}']`
}

/** The type of an object that has a text at that path. */
function typeAround([part, ...rest]: Path): string {
  if (part === undefined) return 'string'
  if (typeof part === 'number') return `${typeAround(rest)}[]`
  return `{ ${NAME.test(part) ? part : `'${quoted(part)}'`}: ${typeAround(rest)} }`
}

/** A value as the text of an expression, with expressions in place of hidden fields. */
function literal(value: unknown, path: Path, secret: (path: Path) => string): string {
  if (value === HIDDEN) return secret(path)
  if (Array.isArray(value))
    return `[${value.map((item, index) => literal(item, [...path, index], secret)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, inner]) =>
        `${NAME.test(name) ? name : `'${quoted(name)}'`}: ${literal(inner, [...path, name], secret)}`,
    )
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  return typeof value === 'string' ? `'${quoted(value)}'` : String(JSON.stringify(value))
}

function expectationOf({ error, result }: LoggedCall, name: string): string {
  if (error) return `expect(${name}).toMatchObject({ errCode: ${error.errCode} })`
  const { code, reason } = (typeof result === 'object' && result !== null ? result : {}) as Record<
    string,
    unknown
  >
  const known = {
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
  if (Object.keys(known).length === 0) return `expect(${name}.errCode).toBeUndefined()`
  return `expect(${name}.result).toMatchObject(${literal(known, [], () => "''")})`
}

function titleOf(call: LoggedCall): string {
  const action = actionOf(call)
  return `${call.functionName}${action === undefined ? '' : ` ${action}`}: ${outcomeOf(call).text}`
}

/** A text inside quotation marks: whatever an event holds, it stays a text. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

const indent = (text: string) => `  ${text}`
