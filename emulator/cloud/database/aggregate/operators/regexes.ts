import { BSONRegExp } from 'bson'
import { requestFailed } from '../../failures.ts'
import { compileRegex } from '../../query/regex.ts'
import { runRegex } from '../../query/regex-run.ts'
import { namedOperands, onNamed, requireString } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'

/** Regular expressions on one string. Positions count code points. */

interface Found {
  readonly match: string
  readonly idx: number
  readonly captures: readonly (string | null)[]
}

/** How one of the three operators answers: about nothing to search, and from the matches. */
interface Answer {
  readonly nothing: () => unknown
  readonly from: (input: string, regex: RegExp) => unknown
}

function regexOperator({ nothing, from }: Answer): Operator {
  const run = onNamed(['input', 'regex'], ['options'], ({ input, regex, options }, name) => {
    if (!isNothing(input)) requireString(input, name)
    const compiled = isNothing(regex) ? undefined : compileOf(regex, options, name)
    return isNothing(input) || !compiled ? nothing() : from(String(input), compiled)
  })
  return (operand, compiler, name) => {
    const { regex, options } = namedOperands(operand, name, ['input', 'regex'], ['options'])
    // A literal pattern is checked even if no document reaches it.
    if (isConstant(regex) && (options === undefined || isConstant(options))) compileOf(regex, options, name)
    return run(operand, compiler, name)
  }
}

function isConstant(value: unknown): boolean {
  return value instanceof BSONRegExp || (typeof value === 'string' && !value.startsWith('$'))
}

function compileOf(regex: unknown, options: unknown, name: string): RegExp {
  const bsonRegex = regex instanceof BSONRegExp ? regex : undefined
  if (!bsonRegex && typeof regex !== 'string')
    throw requestFailed(`${name} needs 'regex' to be of type string or regex`)
  if (!isNothing(options) && typeof options !== 'string')
    throw requestFailed(`${name} needs 'options' to be of type string`)
  if (bsonRegex?.options && !isNothing(options)) {
    throw requestFailed(`${name}: found regex options specified in both 'regex' and 'options' fields`)
  }
  const flags = isNothing(options) ? (bsonRegex?.options ?? '') : String(options)
  return compileRegex(bsonRegex?.pattern ?? String(regex), flags)
}

function describe(found: RegExpExecArray): Found {
  const idx = [...found.input.slice(0, found.index)].length
  return { match: found[0], idx, captures: found.slice(1).map((capture) => capture ?? null) }
}

/** One after another; after an empty match the next begins a character later. */
function findAll(input: string, regex: RegExp): Found[] {
  const global = new RegExp(regex.source, `${regex.flags}g`)
  const all: Found[] = []
  for (;;) {
    const found = runRegex(global, input)
    if (!found) return all
    all.push(describe(found))
    if (found[0] === '') global.lastIndex += (input.codePointAt(global.lastIndex) ?? 0) > 0xffff ? 2 : 1
  }
}

export const regexOperators: Readonly<Record<string, Operator>> = {
  $regexMatch: regexOperator({
    nothing: () => false,
    from: (input, regex) => runRegex(regex, input) !== null,
  }),
  $regexFind: regexOperator({
    nothing: () => null,
    from: (input, regex) => {
      const found = runRegex(regex, input)
      return found && describe(found)
    },
  }),
  $regexFindAll: regexOperator({ nothing: () => [], from: findAll }),
}
