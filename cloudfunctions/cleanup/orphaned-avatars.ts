import { type AvatarRow, avatars, parseRows, removeAvatars, UPLOAD_SECONDS } from '../shared/avatars.ts'
import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { command as _, ask } from '../shared/database.ts'
import { parseUser } from '../shared/user.ts'
import { users } from '../shared/users.ts'
import { BATCH, withIds } from './batch.ts'

/** Twice as long as a path may still become somebody's picture. */
const UNTOUCHED_MILLISECONDS = 2 * UPLOAD_SECONDS * 1000
/** Files of one `deleteFile`. */
const AT_ONCE = 50

/** Deletes pictures that no document names: uploaded and never taken, replaced, or of a closed account. */
export async function removeOrphanedAvatars(invocation: Invocation): Promise<number> {
  const { budget, now } = invocation
  const open = { ...NOT_BY_CLIENT, settled: false, touchedAt: _.lt(new Date(now - UNTOUCHED_MILLISECONDS)) }
  const { data } = await ask(budget, avatars().where(open).limit(AT_ONCE).get())
  const rows = parseRows(data)
  if (rows.length === 0) return 0
  const [named, bucket] = await Promise.all([namedFiles(invocation, rows), bucketOf(invocation)])
  const isNamed = (row: AvatarRow) => named.has(row._id)
  const orphans = rows.filter((row) => !isNamed(row))
  const fileIds = orphans.flatMap(({ _id, fileId }) => fileId ?? (bucket === undefined ? [] : bucket + _id))
  await Promise.all([
    fileIds.length > 0 ? removeAvatars(invocation, fileIds) : undefined,
    change(invocation, rows.filter(isNamed), { settled: true }),
    // As long as no file was seen, nobody knows what the bucket is called.
    bucket === undefined ? change(invocation, orphans, { touchedAt: new Date(now) }) : undefined,
  ])
  return rows.length < AT_ONCE ? rows.length : BATCH
}

/** The paths that are their users' pictures. */
async function namedFiles({ budget }: Invocation, rows: readonly AvatarRow[]): Promise<Set<string>> {
  const owners = rows.flatMap(({ userId }) => userId ?? [])
  if (owners.length === 0) return new Set()
  const query = users()
    .where({ ...NOT_BY_CLIENT, _id: _.in(owners) })
    .limit(AT_ONCE)
  const { data } = await ask(budget, query.get())
  const pictures = data.map((document) => parseUser(document).avatar)
  return new Set(rows.map(({ _id }) => _id).filter((path) => pictures.some((id) => id.endsWith(`/${path}`))))
}

/** `cloud://<environment>.<bucket>/`, which only a file that is there tells. */
async function bucketOf({ budget }: Invocation): Promise<string | undefined> {
  const query = avatars()
    .where({ ...NOT_BY_CLIENT, fileId: _.exists(true) })
    .limit(1)
  const [row] = parseRows((await ask(budget, query.get())).data)
  return row?.fileId?.slice(0, -row._id.length)
}

async function change({ budget }: Invocation, rows: readonly AvatarRow[], data: object): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ _id }) => _id)
  await ask(budget, withIds('avatars', ids).update({ data }))
}
