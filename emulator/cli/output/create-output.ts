import type { CommandLine } from '../command-line.ts'
import { JsonOutput } from './json-output.ts'
import type { Output } from './output.ts'
import { TextOutput } from './text-output.ts'

/** As the arguments want it. */
export function createOutput({ isJson, isQuiet }: Pick<CommandLine, 'isJson' | 'isQuiet'>): Output {
  return isJson ? new JsonOutput({ isQuiet }) : new TextOutput({ isQuiet })
}
