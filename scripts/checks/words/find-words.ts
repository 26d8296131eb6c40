import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../lib/files-below.ts'
import { DIALECT } from './dialect.ts'

/** One word of the list, where it is written. */
export interface FoundWord {
  path: string
  /** From 1. */
  line: number
  word: string
  instead: string
  text: string
}

const SKIPPED_FOLDERS = /^(node_modules|dist|coverage|\..*)$/
const TEXT_FILES = /\.(ts|tsx|js|cjs|mjs|md|txt|wxml|wxss|css)$/
/** Files that must name the words. */
const SKIPPED_FILES = /^scripts\/checks\/words\//

/** Each dialect word in the names, comments, messages and documents of a project, by file and line. */
export function findWordsInProject(root: string): FoundWord[] {
  return filesBelow(root, SKIPPED_FOLDERS)
    .filter((path) => TEXT_FILES.test(path) && !SKIPPED_FILES.test(path))
    .flatMap((path) => findWords(path, readFileSync(join(root, path), 'utf8')))
}

/** The dialect words of one text. A word is listed once a line. */
export function findWords(path: string, text: string): FoundWord[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const words = splitNames(line)
    return DIALECT.flatMap(({ pattern, instead }) => {
      const word = pattern.exec(words)?.[0]
      return word === undefined ? [] : [{ path, line: index + 1, word, instead, text: line.trim() }]
    })
  })
}

/** `giveUp_all` becomes `give Up all`, so that word boundaries hold inside names. */
function splitNames(line: string): string {
  return line.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
}
