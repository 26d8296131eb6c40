import { fileURLToPath } from 'node:url'

/** One line of a stack, with a place in a file; line and column begin at 1. */
export interface StackFrame {
  /** Absolute. */
  file: string
  line: number
  column: number
  functionName?: string
}

/** Such as `    at async save (/home/me/functions/trips/index.js:12:9)`, or without the name and the brackets. */
const FRAME = /^\s*at (?:async )?(?:(.+?) \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\).+?):(\d+):(\d+)\)?$/

/** Node's own text above the stack of a syntax error: the place, the code, and marks below what is wrong. */
const SYNTAX = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\).+):(\d+)\r?\n.*\r?\n( *)\^/

/** The frames of a stack that are in files, the innermost first. */
export function readFrames(stack: string): StackFrame[] {
  const frames = stack.split('\n').flatMap((line) => readFrame(line) ?? [])
  const [, file, line, indent] = SYNTAX.exec(stack) ?? []
  if (file === undefined) return frames
  return [{ file: pathOf(file), line: Number(line), column: (indent ?? '').length + 1 }, ...frames]
}

/** @returns undefined for a line that names no place in a file */
export function readFrame(text: string): StackFrame | undefined {
  const [, name, file, line, column] = FRAME.exec(text.trimEnd()) ?? []
  if (file === undefined) return undefined
  const functionName = plainName(name)
  return {
    file: pathOf(file),
    line: Number(line),
    column: Number(column),
    ...(functionName === undefined ? {} : { functionName }),
  }
}

function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file
  try {
    return fileURLToPath(file)
  } catch {
    return file
  }
}

/** `Object.save [as main]` is `save`. */
function plainName(name: string | undefined): string | undefined {
  const plain = name?.replace(/ \[as .*\]$/, '').replace(/^(?:Object|Module|exports)\./, '')
  return plain === undefined || plain === '' || plain.includes('<anonymous>') ? undefined : plain
}
