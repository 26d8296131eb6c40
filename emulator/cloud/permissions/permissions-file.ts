import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Permissions } from '../../control/permissions.ts'
import { RuleError } from '../rules/rule-error.ts'
import { parsePermissions } from './parse-permissions.ts'

/** The permissions of an environment in a file of the project, which can be committed. It need not exist. */
export class PermissionsFile {
  readonly path: string
  #changedAt: number | undefined

  constructor(path: string) {
    this.path = path
  }

  /**
   * What the file says, if it has changed since it was last read or written.
   * @throws RuleError with file and place; until the next change it is not read again
   */
  readIfChanged(): Permissions | undefined {
    const changedAt = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs
    if (changedAt === this.#changedAt) return undefined
    this.#changedAt = changedAt
    if (changedAt === undefined) return {}
    try {
      return parsePermissions(readFileSync(this.path, 'utf8'))
    } catch (error) {
      throw error instanceof RuleError ? error.under(this.path) : error
    }
  }

  /** Keeps the file's line ends. @throws the system's error when it cannot be written */
  write(permissions: Permissions): void {
    const before = this.#exists() ? readFileSync(this.path, 'utf8') : ''
    const text = `${JSON.stringify(permissions, null, 2)}\n`
    writeFileSync(this.path, before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text)
    this.#changedAt = statSync(this.path).mtimeMs
  }

  #exists(): boolean {
    return statSync(this.path, { throwIfNoEntry: false }) !== undefined
  }
}
