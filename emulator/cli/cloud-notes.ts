import { relative, sep } from 'node:path'
import type { Note } from '../control/note.ts'

/** A line for people, with the file as it is named from the project's root. */
export function describeNote({ file, line, message }: Note, root: string): string {
  if (file === undefined) return message
  const shown = relative(root, file).replaceAll(sep, '/')
  return `${line === undefined ? shown : `${shown}:${line}`} ${message}`
}
