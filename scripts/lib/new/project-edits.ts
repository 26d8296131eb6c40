import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SourceText } from '../edit/source-text.ts'

/** A file, function, page or field with the name exists. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken'
}

/** New files and changes of a project, written together or not at all. */
export class ProjectEdits {
  readonly #root: string
  readonly #created = new Map<string, string>()
  readonly #changed = new Map<string, string>()

  /** @param root of the project */
  constructor(root: string) {
    this.#root = root
  }

  /** @param path relative to the root */
  has(path: string): boolean {
    return existsSync(join(this.#root, path))
  }

  /** The file with the changes so far. */
  read(path: string): string {
    return this.#changed.get(path) ?? readFileSync(join(this.#root, path), 'utf8')
  }

  /** @throws NameTaken for a file that exists */
  create(path: string, text: string): void {
    if (this.has(path)) throw new NameTaken(path)
    this.#created.set(path, text)
  }

  /** Changes a file. A checkout may have Windows's line ends, which `edit` does not see and which stay. */
  change(path: string, edit: (text: string) => string): void {
    const text = this.read(path)
    const edited = edit(text.replaceAll('\r\n', '\n'))
    this.#changed.set(path, text.includes('\r\n') ? edited.replaceAll('\n', '\r\n') : edited)
  }

  /** Changes TypeScript or JSON by its syntax tree. */
  changeSource(path: string, edit: (source: SourceText) => SourceText): void {
    this.change(path, (text) => edit(new SourceText(path, text)).text)
  }

  /** @throws NameTaken when the list has the entry already */
  append(path: string, list: readonly string[], name: string, entry: string): void {
    this.changeSource(path, (source) => {
      if (source.entries(list).includes(name)) throw new NameTaken(`${path}: ${name}`)
      return source.append(list, entry)
    })
  }

  /** The same where the file has such a list: the English words, which an app may do without. */
  appendIfThere(path: string, list: readonly string[], name: string, entry: string): void {
    if (this.has(path) && new SourceText(path, this.read(path)).has(list))
      this.append(path, list, name, entry)
  }

  /**
   * Writes everything. When a file cannot be written, those before it are put back.
   * @returns the paths, relative to the root
   */
  write(): string[] {
    const before = new Map(
      [...this.#changed.keys()].map((path) => [path, readFileSync(join(this.#root, path))]),
    )
    const written: string[] = []
    try {
      for (const [path, text] of [...this.#created, ...this.#changed]) {
        mkdirSync(dirname(join(this.#root, path)), { recursive: true })
        written.push(path)
        writeFileSync(join(this.#root, path), text)
      }
    } catch (error) {
      for (const path of written) this.#putBack(path, before.get(path))
      throw error
    }
    return written
  }

  #putBack(path: string, text: Buffer | undefined): void {
    if (text === undefined) rmSync(join(this.#root, path), { force: true })
    else writeFileSync(join(this.#root, path), text)
  }
}
