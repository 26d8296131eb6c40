import * as v from 'valibot'
import type { ImportUsersRequest } from '../../contract/admin.ts'
import type { ImportUsersData } from '../../contract/import-users.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { userIdOf } from '../shared/crypto/user-id.ts'
import { ALL_COLLECTIONS, databaseName } from '../shared/database/collection-names.ts'
import { query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { fieldNames } from '../shared/import/field-names.ts'
import { optionalTextField, textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { recordIntent } from '../shared/users/audit.ts'
import { count } from '../shared/users/daily-counts.ts'
import { users } from '../shared/users/users.ts'
import { reasonField } from './admin-user.ts'
import { importPage, noneYet } from './import-page.ts'
import { openCursor, readOldPage, requireOrderedIds, sealCursor } from './old-documents.ts'

/** `userInfo.nickName`; the database refuses an empty part and one that begins with `$`. */
const NAME = /^(?:[^.$][^.]*(?:\.[^.$][^.]*)*)?$/
const nameField = v.optional(v.pipe(optionalTextField(64), v.regex(NAME)))
export const importInput = requestSchema<ImportUsersRequest>()(
  v.object({
    action: v.literal('import'),
    from: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    appid: v.pipe(v.string(), v.regex(/^wx\w{6,30}$/)),
    fields: v.optional(
      v.object({
        openid: nameField,
        unionid: nameField,
        phone: nameField,
        countryCode: nameField,
        nickname: nameField,
        avatar: nameField,
        createdAt: nameField,
        changedAt: nameField,
        disabled: nameField,
      }),
    ),
    after: v.optional(textField(4096)),
    dryRun: v.optional(v.boolean()),
    reason: reasonField,
  }),
)
type ImportInput = v.InferOutput<typeof importInput>

/** A further page is begun only while there is time to finish it. */
const PAGE_MILLISECONDS = 1400
/** An app's own `users` is none of them where the login's has another name. */
const OWN_COLLECTIONS = new Set(ALL_COLLECTIONS.map(databaseName))

/**
 * Imports the old documents after a position, as many as the time allows. An import that breaks off, or is run again,
 * finds the users of the first time and leaves them as they are.
 * @throws AppError BAD_REQUEST for a collection of this product, or with an id that is neither text nor number, an appid that
 * the present users do not have, and a position of another import; NOT_FOUND without such a collection
 */
export async function importUsers(input: ImportInput, call: AdminCall): Promise<ImportUsersData> {
  const { from, appid, reason, dryRun = false } = input
  if (OWN_COLLECTIONS.has(from)) throw new AppError('BAD_REQUEST', { field: 'from' })
  let after = input.after === undefined ? undefined : openCursor(call, from, input.after)
  const fields = fieldNames(input.fields)
  const [first] = await settleAll([
    readOldPage(call, from, fields, after),
    requireAppid(call, appid),
    after === undefined && requireOrderedIds(call, from),
  ])
  const about = dryRun ? `dry run: ${from}` : from
  const confirm = await recordIntent(call, { action: 'admin.import', by: call.admin, reason, detail: about })
  const target = { keys: call.keys, appid, fallbackTime: new Date(call.now) }
  let counts = noneYet()
  do {
    try {
      const page = counts.read === 0 ? first : await readOldPage(call, from, fields, after)
      counts = await importPage(call, { documents: page.documents, fields, target, dryRun }, counts)
      after = page.next
    } catch (error) {
      // The pages before are imported: the next call begins with this one.
      if (counts.read === 0 || !(error instanceof AppError)) throw error
      break
    }
  } while (after !== undefined && call.budget.left() > PAGE_MILLISECONDS)
  const { added, withoutPhone } = dryRun ? noneYet() : counts
  await settleAll([
    confirm(`${about}: ${counts.added} added of ${counts.read}`),
    count(call, undefined, { importedUsers: added, withoutPhone }),
  ])
  return { ...counts, ...(after === undefined ? {} : { next: sealCursor(call, from, after) }) }
}

/** How many of the present users are read. */
const COMPARED_USERS = 20
const openidSchema = v.object({ _id: v.string(), openid: v.string() })

/** Another appid would make users whom nobody can log in as. */
async function requireAppid({ budget, keys }: AdminCall, appid: string): Promise<void> {
  const selection = users().where({}).field({ openid: true }).limit(COMPARED_USERS)
  const { data } = await query(budget, selection.get())
  const known = data.filter((document) => v.is(openidSchema, document))
  if (known.length === 0 || known.some(({ _id, openid }) => userIdOf(keys.userId, appid, openid) === _id))
    return
  throw new AppError('BAD_REQUEST', {
    field: 'appid',
    log: 'the ids of the present users were made with another appid, or with another INDEX_SECRET',
  })
}
