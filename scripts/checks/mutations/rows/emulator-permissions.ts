import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('emulator/cloud/')
const CLIENT = 'emulator/cloud/database/client-database.test.ts'
const RULES = 'emulator/cloud/rules/rules.test.ts'
const PERMISSIONS = 'emulator/cloud/permissions/permissions.test.ts'

/** What a mini-program may read and write of the local cloud. */
export const PERMISSION_GUARDS: readonly Mutation[] = rows(
  [
    'a private collection shows own documents only',
    'database/client/collection-guard.ts',
    "return isRead && this.#level !== 'PRIVATE' ? {} : this.#own",
    'return isRead ? {} : this.#own',
    CLIENT,
    'PRIVATE: finds, changes and removes own documents only',
  ],
  [
    'a creator writes own documents only',
    'database/client/collection-guard.ts',
    "return isRead && this.#level !== 'PRIVATE' ? {} : this.#own",
    "return this.#level !== 'PRIVATE' ? {} : this.#own",
    CLIENT,
    'READONLY: finds all, changes own documents only',
  ],
  [
    'a restriction holds for a query without conditions',
    'database/client/client-body.ts',
    'const asked = this.askedQuery() ?? {}',
    'const asked = this.askedQuery()\n    if (!asked) return undefined',
    CLIENT,
    'PRIVATE: finds, changes and removes own documents only',
  ],
  [
    'only administrators create documents where only they write',
    'database/client/collection-guard.ts',
    "if (this.#level === 'ADMINONLY' || this.#level === 'ADMINWRITE') throw this.#denied()",
    "if (this.#level === 'ADMINONLY') throw this.#denied()",
    CLIENT,
    'ADMINWRITE: finds all and writes nothing',
  ],
  [
    'a replaced document keeps its owner',
    'database/client/authorize.ts',
    'body.replaceBy(owner === undefined ? data : { ...data, _openid: owner })',
    'body.replaceBy({ ...data, _openid: body.openid })',
    CLIENT,
    'let nobody become another',
  ],
  [
    'a document of somebody else is not replaced',
    'database/client/authorize.ts',
    "if ('_openid' in restriction && restriction['_openid'] !== owner) {",
    "if ('_openid' in restriction && !owner) {",
    CLIENT,
    '`set` replaces an own document, keeps its owner',
  ],
  [
    'no update writes the owner',
    'database/client/client-body.ts',
    'for (const part of this.isReplacement ? [data] : Object.values(data)) refuseReserved(part)',
    'for (const part of [data]) refuseReserved(part)',
    CLIENT,
    'nobody writes `_openid`',
  ],
  [
    'no field is renamed to the owner',
    'database/client/client-body.ts',
    'if (!this.isReplacement && renamed.some(isReserved)) throw reserved()',
    '',
    CLIENT,
    'nobody writes `_openid`',
  ],
  [
    'each alternative of a query is held against the rule',
    'database/client/collection-guard.ts',
    "if (verdict === 'allowed') continue",
    "if (verdict === 'allowed') return {}",
    CLIENT,
    'refuse a query that may find more',
  ],
  [
    'a joined collection is readable by the person as a whole',
    'database/client/authorize-pipeline.ts',
    'if (Object.keys(restriction).length > 0) {',
    'if (Object.keys(restriction).length > 1) {',
    CLIENT,
    'joins no collection that the person may not read as a whole',
  ],
  [
    'what counts as true allows nothing',
    'rules/rule.ts',
    "return value === true ? 'allowed' : 'denied'",
    "return value ? 'allowed' : 'denied'",
    RULES,
    'denies: auth.openid',
  ],
  [
    'a member of nothing denies',
    'rules/evaluate.ts',
    'throw new EvaluationError(`${name} 的对象不存在`)',
    'return null',
    RULES,
    'denies: doc.a.b != 1',
  ],
  [
    'a file that a person may not read has no address',
    'storage/storage.ts',
    "if (!this.#options.files.mayRead(file, reader)) return refused('STORAGE_EXCEED_AUTHORITY')",
    '',
    PERMISSIONS,
    'PRIVATE',
  ],
  [
    'a function that its rule closes is not called',
    'control/function-routes.ts',
    "if (caller.source === 'wx_client' && !mayInvoke(cloud.permissions.functions, name)) {",
    "if (caller.source === 'nobody' && !mayInvoke(cloud.permissions.functions, name)) {",
    PERMISSIONS,
    'keep mini-programs from a function',
  ],
)
