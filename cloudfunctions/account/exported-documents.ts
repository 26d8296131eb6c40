import type { ExportedDocument } from '../../contract/account.ts'
import { refuseClientDocument } from '../shared/database/client-document.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Call } from '../shared/request/call.ts'
import { closedAccountFilter } from '../shared/users/closed-accounts.ts'
import type { User } from '../shared/users/user.ts'

/** The database's maximum for one answer. */
export const MOST_DOCUMENTS = 1000

/**
 * The user's documents of one collection, newest first, without `_id` and `userId`, and without those of an account that
 * the user has closed. One or two round trips.
 * @throws AppError MISCONFIGURED when a client wrote one
 */
export async function ownedDocuments(
  { budget, userId }: Call,
  user: User,
  name: string,
): Promise<ExportedDocument[]> {
  const selection = collection(name).where({ userId }).orderBy('createdAt', 'desc').limit(MOST_DOCUMENTS)
  const { data } = await query(budget, selection.get())
  const documents = data.map((document) => fieldsOf(name, document))
  const isOfClosed = await closedAccountFilter(budget, user, documents)
  return documents
    .filter((document) => !isOfClosed(document))
    .map(({ generation: _generation, ...fields }) => fields)
}

/** Rows of `avatars`, with their path in the cloud storage. One round trip. @throws AppError MISCONFIGURED */
export async function avatarRows({ budget, userId }: Call): Promise<ExportedDocument[]> {
  const selection = collection('avatars').where({ userId }).limit(MOST_DOCUMENTS)
  const { data } = await query(budget, selection.get())
  return data.map((document) => ({ path: idOf(document), ...fieldsOf('avatars', document) }))
}

/** Documents of `rate_limits`, whose ids are `<userId>.<kind>`. One round trip. @throws AppError MISCONFIGURED */
export async function rateLimits({ budget, userId }: Call): Promise<ExportedDocument[]> {
  // Every id that begins with the user id and a full stop: `/` is the next character.
  const ofUser = { _id: _.gte(`${userId}.`).and(_.lt(`${userId}/`)) }
  const { data } = await query(budget, collection('rate_limits').where(ofUser).limit(MOST_DOCUMENTS).get())
  return data.map((document) => ({
    kind: idOf(document).slice(userId.length + 1),
    ...fieldsOf('rate_limits', document),
  }))
}

function idOf(document: unknown): string {
  return String((document as { _id?: unknown })._id)
}

function fieldsOf(name: string, document: unknown): ExportedDocument {
  refuseClientDocument(name, document)
  const { _id, userId: _owner, ...fields } = document as Record<string, unknown>
  return fields
}
