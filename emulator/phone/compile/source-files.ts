import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { NpmSource } from '../../project/wechat-project.ts'
import { listFiles } from './list-files.ts'
import { NpmPackages, type PackagedFile } from './npm-packages.ts'

interface Content {
  text: string
  /** Changes with the text. */
  edition: string
  /** Size and times of the file. */
  stamp: string
  /** Whether a later change must change the stamp: file systems count time in steps. */
  isSettled: boolean
}

const SETTLED_AFTER_MILLISECONDS = 100
const ABSENT = 'absent'
const SOURCE = /\.(ts|js|json|wxml|wxss|wxs|scss|sass|less)$/

/**
 * The files of a mini-program, by their path below its folder, with `/`; also those of npm packages, which WeChat's tools
 * would copy into `miniprogram_npm`. Files that did not change are read once.
 */
export class SourceFiles {
  readonly directory: string
  readonly npm: NpmPackages
  #paths: ReadonlySet<string> = new Set()
  #byLowerCase: ReadonlyMap<string, string> = new Map()
  #packaged = new Map<string, PackagedFile | undefined>()
  #contents = new Map<string, Content>()
  #checked = new Set<string>()
  #used = new Map<string, string>()

  constructor(directory: string, npm: readonly NpmSource[] = []) {
    this.directory = directory
    this.npm = new NpmPackages(directory, npm)
  }

  /** Lists the folder again, and reads files again that have changed. */
  refresh(): void {
    const paths = listFiles(this.directory)
    this.#paths = new Set(paths)
    this.#byLowerCase = new Map(paths.map((path) => [path.toLowerCase(), path]))
    this.#packaged = new Map()
    this.#checked = new Set()
    this.npm.refresh()
    // At once, so that a file saved during the build does not become part of it.
    for (const path of paths) if (SOURCE.test(path)) this.#content(path)
    this.#used = new Map()
  }

  /** Adds packages that WeChat itself gives to the mini-program: their folders by name. */
  extend(folders: ReadonlyMap<string, string>): void {
    this.npm.extended = folders
    this.#packaged = new Map()
  }

  /** Files in the mini-program's folder. */
  get own(): ReadonlySet<string> {
    return this.#paths
  }

  has(path: string): boolean {
    return this.#paths.has(path) || this.packaged(path) !== undefined
  }

  /** A file whose path differs only in upper and lower case: found on some computers, never on a phone. */
  inOtherCase(path: string): string | undefined {
    return this.#byLowerCase.get(path.toLowerCase())
  }

  /** Where a file of an npm package comes from; undefined for the mini-program's own. */
  packaged(path: string): PackagedFile | undefined {
    if (this.#paths.has(path)) return undefined
    if (!this.#packaged.has(path)) this.#packaged.set(path, this.npm.find(path))
    return this.#packaged.get(path)
  }

  absolute(path: string): string {
    return this.packaged(path)?.file ?? join(this.directory, path)
  }

  /** The text of a file, without a byte-order mark; empty for a file that is gone. */
  read(path: string): string {
    return this.#content(path).text
  }

  /** Changes when the file's text changes, and when the file comes or goes. */
  edition(path: string): string {
    return this.has(path) ? this.#content(path).edition : ABSENT
  }

  /** The editions of all files that were read since `refresh`. */
  get usedEditions(): ReadonlyMap<string, string> {
    return this.#used
  }

  #content(path: string): Content {
    const known = this.#contents.get(path)
    if (known && this.#checked.has(path)) {
      this.#used.set(path, known.edition)
      return known
    }
    const file = this.absolute(path)
    const stamp = stampOf(file)
    const content = known?.isSettled && known.stamp === stamp ? known : readContent(file, stamp)
    this.#contents.set(path, content)
    this.#checked.add(path)
    this.#used.set(path, content.edition)
    return content
  }
}

/** Size and times of a file, which change with it. */
export function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? ABSENT : `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`
}

function readContent(file: string, stamp: string): Content {
  try {
    const changed = statSync(file).ctimeMs
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    const edition = createHash('sha1').update(text).digest('base64')
    return { text, edition, stamp, isSettled: Date.now() - changed > SETTLED_AFTER_MILLISECONDS }
  } catch {
    // An editor has removed its temporary file since; the next build sees that.
    return { text: '', edition: ABSENT, stamp, isSettled: false }
  }
}
