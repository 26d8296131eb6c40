import { BSONRegExp, BSONSymbol } from 'bson'
import { LIMITS } from '../../limits.ts'
import { requestFailed } from '../failures.ts'
import { withElements } from '../values/field-path.ts'
import { equalValues } from '../values/ordering.ts'
import type { ValuesTest } from './operator.ts'
import { runRegex } from './regex-run.ts'

/**
 * Matches strings by a pattern, and a stored regular expression that is the very same.
 * JavaScript's engine stands in for PCRE: the flags i, m and s mean the same, x is applied by removing the blanks.
 * @throws DATABASE_REQUEST_FAILED for a pattern or options that can not be compiled; its test, for a pattern that
 * takes too long.
 */
export function regexTest(pattern: unknown, options: unknown): ValuesTest {
  const stored = pattern instanceof BSONRegExp ? pattern : undefined
  const source = stored?.pattern ?? pattern
  const flags = options ?? stored?.options ?? ''
  if (typeof source !== 'string') throw requestFailed('$regex has to be a string')
  if (typeof flags !== 'string') throw requestFailed('$options has to be a string')
  const regex = compileRegex(source, flags)
  return (values) =>
    withElements(values).some((value) => {
      if (typeof value === 'string' || value instanceof BSONSymbol)
        return runRegex(regex, String(value)) !== null
      return stored !== undefined && value instanceof BSONRegExp && equalValues(value, stored)
    })
}

/** @throws DATABASE_REQUEST_FAILED */
export function compileRegex(source: string, options: string): RegExp {
  if (!/^[imsxu]*$/.test(options)) throw requestFailed(`invalid flag in regex options: ${options}`)
  if (source.length > LIMITS.database.regexCharacters) throw requestFailed('Regular expression is too long')
  const extended = options.includes('x')
  const flags = [...new Set(options)].filter((flag) => 'ims'.includes(flag)).join('')
  const inline = /^\(\?([ims]+)\)/.exec(source)
  const pattern = inline ? source.slice(inline[0].length) : source
  const allFlags = [...new Set(flags + (inline?.[1] ?? ''))].join('')
  const text = extended ? withoutBlanks(pattern) : pattern
  try {
    return new RegExp(text, `${allFlags}u`)
  } catch {
    // PCRE takes escapes that JavaScript takes only outside its Unicode mode, such as `\-`.
    try {
      return new RegExp(text, allFlags)
    } catch {
      throw requestFailed(`Regular expression is invalid: ${source}`)
    }
  }
}

/** PCRE's extended mode: blanks and comments outside a class mean nothing. */
function withoutBlanks(pattern: string): string {
  return pattern.replace(/(\\.|\[(?:\\.|[^\]])*\])|\s+|#.*$/gms, (_, kept: string | undefined) => kept ?? '')
}
