import type { PermissionLevel, StorageRules } from '../../control/permissions.ts'
import type { Clock } from '../clock.ts'
import { compileRegex } from '../database/query/regex.ts'
import { runRegex } from '../database/query/regex-run.ts'
import { parseStorageRules } from '../rules/storage-rules.ts'

/** Whose file a person would read or write; absent creator: the administrator's. */
export interface GuardedFile {
  path: string
  creator?: string | undefined
}

/** Cloud storage's permission: what a person's mini-program may read and write. Functions and the console may everything. */
export class StorageGuard {
  readonly #permission: () => PermissionLevel | StorageRules
  readonly #clock: Clock

  constructor(permission: () => PermissionLevel | StorageRules, clock: Clock) {
    this.#permission = permission
    this.#clock = clock
  }

  mayRead(openid: string, file: GuardedFile): boolean {
    const permission = this.#permission()
    if (typeof permission === 'object') return this.#isAllowed('read', permission, openid, file)
    if (permission === 'PRIVATE') return file.creator === openid
    return permission !== 'ADMINONLY'
  }

  /** @param existing the file at the path, which would be replaced or deleted */
  mayWrite(openid: string, path: string, existing: GuardedFile | undefined): boolean {
    const permission = this.#permission()
    // A file that is not there yet will be the person's own.
    const file = existing ?? { path, creator: openid }
    if (typeof permission === 'object') return this.#isAllowed('write', permission, openid, file)
    return (permission === 'READONLY' || permission === 'PRIVATE') && file.creator === openid
  }

  #isAllowed(
    operation: 'read' | 'write',
    rules: StorageRules,
    openid: string,
    { path, creator }: GuardedFile,
  ): boolean {
    const rule = parseStorageRules(rules)[operation]
    const verdict = rule.judge({
      variables: { auth: { openid }, resource: { openid: creator, path }, now: this.#clock.now() },
      test: (source, flags, text) =>
        runRegex(compileRegex(source, flags.replace(/[^ims]/g, '')), text) !== null,
    })
    return verdict === 'allowed'
  }
}
