import type { Invocation } from '../../control/invocation.ts'
import { isDocument } from '../database/values/document.ts'
import { HIDDEN } from '../masking/secret-fields.ts'
import { accessor, literal, quoted } from './literal.ts'
import type { Recipe } from './recipe.ts'

/** An expression of the test framework that accepts any value of a type. */
class AnyOf {
  readonly type: string

  constructor(type: string) {
    this.type = type
  }
}

const DEPTH = 3

/** What a failed call throws: a part of the message that is the same each time. */
export function thrownText({ error }: Pick<Invocation, 'error'>): string {
  const message = error?.thrown?.message
  const isSame = message !== undefined && message !== '' && !isMasked(message) && !message.includes('\n')
  return quoted(isSame ? message : String(error?.errCode ?? ''))
}

/**
 * Statements that expect the answer of a call. What follows from the event and the documents of the test is compared, and
 * so are codes and reasons; of other values the type alone, since ids and times differ from run to run.
 * @param name of the variable that has the answer
 */
export function expectationsOf(result: unknown, name: string, { steps, isWhole }: Recipe): string[] {
  const given = new Set<unknown>()
  for (const step of steps) {
    if (step.kind === 'put') collectTexts(step.document, given)
    if (step.kind === 'call') collectTexts(step.event, given)
  }
  if (Array.isArray(result)) {
    const length = isWhole ? `.toHaveLength(${result.length})` : '.toBeInstanceOf(Array)'
    const [first] = result
    if (!isWhole || !isDocument(first)) return [`expect(${name})${length}`]
    return [`expect(${name})${length}`, matching(`${name}${accessor(0)}`, first, given, true)]
  }
  if (!isDocument(result)) return [`expect(${name})${ofScalar(result, given)}`]
  return [matching(name, result, given, isWhole)]
}

function matching(name: string, result: object, given: ReadonlySet<unknown>, isWhole: boolean): string {
  const shape = shapeOf(result, given, isWhole, 0)
  return `expect(${name}).toMatchObject(${write(shape)})`
}

function ofScalar(result: unknown, given: ReadonlySet<unknown>): string {
  if (result === undefined) return '.toBeUndefined()'
  if (result === null) return '.toBeNull()'
  if (typeof result === 'boolean' || given.has(result)) return `.toBe(${write(result)})`
  return `.toEqual(${write(anyOf(result))})`
}

function shapeOf(value: unknown, given: ReadonlySet<unknown>, isWhole: boolean, depth: number): unknown {
  if (Array.isArray(value) || depth >= DEPTH) return anyOf(value)
  if (!isDocument(value)) return isKnown(value, given) ? value : anyOf(value)
  const fields = Object.entries(value).flatMap(([name, inner]) => {
    if (inner === null) return []
    if (/^(code|reason|errcode)$/i.test(name) && !isMasked(inner)) return [[name, inner] as const]
    return [[name, shapeOf(inner, given, isWhole, depth + 1)] as const]
  })
  return Object.fromEntries(fields)
}

function isKnown(value: unknown, given: ReadonlySet<unknown>): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && !isMasked(value) && given.has(value))
}

const isMasked = (value: unknown) =>
  typeof value === 'string' && (value.includes(HIDDEN) || /\*\*|…$/.test(value))

function anyOf(value: unknown): AnyOf {
  if (Array.isArray(value)) return new AnyOf('Array')
  switch (typeof value) {
    case 'string':
      return new AnyOf('String')
    case 'number':
      return new AnyOf('Number')
    case 'boolean':
      return new AnyOf('Boolean')
    default:
      return new AnyOf('Object')
  }
}

/** The shape as text; an {@link AnyOf} is written in the framework's words. */
function write(shape: unknown): string {
  const marks: string[] = []
  const mark = (inner: unknown): unknown => {
    if (inner instanceof AnyOf) {
      marks.push(`expect.any(${inner.type})`)
      return `\u0001${marks.length - 1}\u0001`
    }
    if (!isDocument(inner)) return inner
    return Object.fromEntries(Object.entries(inner).map(([name, field]) => [name, mark(field)]))
  }
  const text = literal(mark(shape), () => '', '  ')
  return text.replace(/'\\u0001(\d+)\\u0001'/g, (_all, number: string) => marks[Number(number)] ?? '')
}

function collectTexts(value: unknown, into: Set<unknown>): void {
  if (typeof value === 'string' && value.length > 1) into.add(value)
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) collectTexts(inner, into)
}
