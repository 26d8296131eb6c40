import type { ExportedDocument } from '../../contract/account.ts'
import type { Call } from '../shared/call.ts'
import { refuseClientDocument } from '../shared/client-document.ts'
import { ofClosedAccount } from '../shared/closed-accounts.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import type { User } from '../shared/user.ts'

/** As many as the database gives in one answer. */
export const MOST_DOCUMENTS = 1000

/**
 * Newest first, without `_id` and `userId`, and without what landed late of an account just closed. One or two round
 * trips.
 * @throws AppError MISCONFIGURED when a client wrote one
 */
export async function ownedDocuments(
  { budget, userId }: Call,
  user: User,
  name: string,
): Promise<ExportedDocument[]> {
  const query = collection(name).where({ userId }).orderBy('createdAt', 'desc').limit(MOST_DOCUMENTS)
  const { data } = await ask(budget, query.get())
  const documents = data.map((document) => fieldsOf(name, document))
  const isOfClosed = await ofClosedAccount(budget, user, documents)
  return documents
    .filter((document) => !isOfClosed(document))
    .map(({ generation: _mark, ...fields }) => fields)
}

/** Rows of `avatars`, with their path in the cloud storage. One round trip. @throws AppError MISCONFIGURED */
export async function avatarRows({ budget, userId }: Call): Promise<ExportedDocument[]> {
  const query = collection('avatars').where({ userId }).limit(MOST_DOCUMENTS)
  const { data } = await ask(budget, query.get())
  return data.map((document) => ({ path: idOf(document), ...fieldsOf('avatars', document) }))
}

/** Documents of `rate_limits`, whose ids are `<userId>.<kind>`. One round trip. @throws AppError MISCONFIGURED */
export async function rateLimits({ budget, userId }: Call): Promise<ExportedDocument[]> {
  // Every text that begins with the id and a full stop: `/` is the next character after it.
  const theirs = { _id: _.gte(`${userId}.`).and(_.lt(`${userId}/`)) }
  const { data } = await ask(budget, collection('rate_limits').where(theirs).limit(MOST_DOCUMENTS).get())
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
