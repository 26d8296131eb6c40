import { Script } from 'node:vm'
import type { Mistake } from '../program.ts'
import { mistakeAt } from './diagnostics.ts'

/**
 * A script of WXS as the phone runs it: `.constructor` answers with a type's name, as the guide to WXS has it.
 * @param typeName the expression that stands for it
 */
export function translateWxs(source: string, typeName: string): string {
  return source.replace(/\.\s*constructor\b/g, `[${typeName}]`)
}

/** What keeps a script from being read at all. @param firstLine of the script in its file, from 0 */
export function findWxsMistake(file: string, source: string, firstLine = 0): Mistake | undefined {
  try {
    // Parsed and never run.
    new Script(`(function (require, exports, module) {${source}\n})`, { filename: 'script' })
    return undefined
  } catch (error) {
    const { message, stack = '' } = error as Error
    const line = /^script:(\d+)/.exec(stack)?.[1]
    return mistakeAt(file, line === undefined ? undefined : Number(line) + firstLine, message)
  }
}

/** In the place of a script that cannot be read. */
export function throwingWxs({ file, line, message }: Mistake): string {
  return `throw new Error(${JSON.stringify(`${file}${line === undefined ? '' : `:${line}`} ${message}`)})`
}
