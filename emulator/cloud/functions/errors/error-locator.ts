import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { describePlace } from '../../../control/describe-thrown.ts'
import type { SourceExcerpt, SourcePlace, ThrownError } from '../../../control/invocation.ts'
import { excerptAround } from '../../../control/source-excerpt.ts'
import type { ErrorReport } from './error-report.ts'
import { SourceMaps } from './source-maps.ts'
import { readFrame, readFrames, type StackFrame } from './stack-frames.ts'

export interface ErrorLocatorOptions {
  /** Places are named from here. */
  projectDirectory: string
  /** Files and folders of the emulator's own programs, whose places are left out; absolute. */
  ignored: readonly string[]
}

/** What is wrong at a place of a source; counted from 1. */
interface SourceFault {
  name: string
  problem: string
  /** Absolute. */
  file: string
  line: number
  column: number
}

interface Located extends SourcePlace {
  /** Where the source's text is, if it is a file. */
  path: string
  content?: string
}

const MAXIMUM_PLACES = 12
/** A longer text is no stack, and stays as it is. */
const LONGEST_TEXT = 50_000
/** Code with longer lines on average was made by a bundler, and nobody reads it. */
const COLUMNS_OF_MINIFIED = 90
const SMALL_FILE = 4000

/** Finds the places of errors in the sources, through the source maps of the compiled files. Masks nothing. */
export class ErrorLocator {
  readonly #options: ErrorLocatorOptions
  readonly #maps = new SourceMaps()

  constructor(options: ErrorLocatorOptions) {
    this.#options = options
  }

  /**
   * @param loadedAt when the function was loaded, milliseconds since 1970: a file that has changed since does not tell
   * where the error is
   */
  locate({ name, message, stack }: ErrorReport, loadedAt: number): ThrownError {
    const located = readFrames(stack)
      .flatMap((frame) => this.#locateFrame(frame, loadedAt) ?? [])
      .slice(0, MAXIMUM_PLACES)
    const excerpt = located[0] && excerptOf(located[0], loadedAt)
    return {
      name,
      message,
      places: located.map(({ path: _path, content: _content, ...place }) => place),
      ...(excerpt ? { excerpt } : {}),
    }
  }

  /** The error of a source that does not compile. */
  locatePlace({ name, problem, file, line, column }: SourceFault): ThrownError {
    const excerpt = excerptOf({ file, path: file, line, column }, Date.now())
    const position = { file: this.#shown(file), line, column }
    return { name, message: problem, places: [position], ...(excerpt ? { excerpt } : {}) }
  }

  /** A text in which the lines of a stack name places in the sources, without lines of the emulator. */
  locateText(text: string, loadedAt: number): string {
    if (text.length > LONGEST_TEXT || !/^\s*at /m.test(text)) return text
    return text
      .split('\n')
      .flatMap((line) => this.#locateLine(line, loadedAt) ?? [])
      .join('\n')
  }

  #locateLine(line: string, loadedAt: number): string | undefined {
    const frame = readFrame(line)
    if (!frame) return line
    if (this.#isIgnored(frame.file)) return undefined
    const position = this.#originOf(frame, loadedAt) ?? { ...frame, file: this.#shown(frame.file) }
    const [indent] = /^\s*/.exec(line) ?? ['']
    return `${indent}at ${describePlace(position)}`
  }

  /** @returns undefined for a place in Node, in a package or in the emulator */
  #locateFrame(frame: StackFrame, loadedAt: number): Located | undefined {
    if (isInPackage(frame.file) || this.#isIgnored(frame.file)) return undefined
    const origin = this.#originOf(frame, loadedAt)
    if (origin) return isInPackage(origin.path) ? undefined : origin
    if (!isReadable(frame.file)) return undefined
    return { ...frame, file: this.#shown(frame.file), path: frame.file }
  }

  #originOf({ file, line, column, functionName }: StackFrame, loadedAt: number): Located | undefined {
    if (hasChanged(file, loadedAt)) return undefined
    const origin = this.#maps.originOf(file, line, column)
    if (!origin) return undefined
    const path = isAbsolute(origin.file) ? origin.file : join(this.#options.projectDirectory, origin.file)
    return {
      ...origin,
      file: this.#shown(path),
      path,
      ...(functionName === undefined ? {} : { functionName }),
    }
  }

  #isIgnored(file: string): boolean {
    return this.#options.ignored.some((path) => file === path || file.startsWith(path + sep))
  }

  #shown(file: string): string {
    const path = relative(this.#options.projectDirectory, file)
    const isOutside = path.startsWith('..') || isAbsolute(path)
    return (isOutside ? file : path).replaceAll('\\', '/')
  }
}

const isInPackage = (file: string) => /[\\/]node_modules[\\/]/.test(file)

function hasChanged(file: string, since: number): boolean {
  const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return changedAt > since && changedAt <= Date.now()
}

/** Whether somebody wrote the file, as its lines tell. */
function isReadable(file: string): boolean {
  const text = textOf(file) ?? ''
  return text.length < SMALL_FILE || text.length / text.split('\n').length < COLUMNS_OF_MINIFIED
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function excerptOf({ path, content, line }: Located, loadedAt: number): SourceExcerpt | undefined {
  const text = content ?? (hasChanged(path, loadedAt) ? undefined : textOf(path))
  return text === undefined ? undefined : excerptAround(text, line)
}
