import * as v from 'valibot'
import type {
  ClearHistoryData,
  ClearHistoryRequest,
  ListHistoryData,
  ListHistoryRequest,
  RemoveHistoryData,
  RemoveHistoryRequest,
  SaveHistoryData,
  SaveHistoryRequest,
  Visit,
} from '../../contract/app/history.ts'
import { isVisibleText } from '../shared/core/visible-text.ts'
import type { LoggedIn } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import {
  documentKey,
  type FoundPage,
  OwnedCollection,
  type OwnedDocument,
} from '../shared/users/owned-collection.ts'
import { pageCursor } from '../shared/users/owned-page.ts'

const fields = v.object({ city: v.string() })
type Fields = v.InferOutput<typeof fields>

export const collection = new OwnedCollection({ name: 'history', maximum: 200, fields })

export const saveInput = requestSchema<SaveHistoryRequest>()(
  v.object({
    action: v.literal('save'),
    key: documentKey,
    city: v.pipe(textField(40), v.trim(), v.check(isVisibleText)),
  }),
)
export const listInput = requestSchema<ListHistoryRequest>()(
  v.object({ action: v.literal('list'), cursor: pageCursor }),
)
export const removeInput = requestSchema<RemoveHistoryRequest>()(
  v.object({ action: v.literal('remove'), id: textField(128) }),
)

export const clearInput = requestSchema<ClearHistoryRequest>()(v.object({ action: v.literal('clear') }))

/** The history never refuses: when it is full, the older half goes. */
export async function saveItem(
  { key, city }: v.InferOutput<typeof saveInput>,
  call: Call,
  { user }: LoggedIn,
  count: number,
): Promise<SaveHistoryData> {
  const left = await collection.makeRoom(call, count)
  return { item: toItem(await collection.save(call, user, { key, fields: { city }, count: left })) }
}

export async function listItems(
  _input: unknown,
  call: Call,
  { user }: LoggedIn,
  found: FoundPage<Fields>,
): Promise<ListHistoryData> {
  const { documents, ...more } = await collection.page(call, user, found)
  return { items: documents.map(toItem), ...more }
}

export async function removeItem(
  { id }: v.InferOutput<typeof removeInput>,
  call: Call,
): Promise<RemoveHistoryData> {
  await collection.remove(call, id)
  return {}
}

export async function clearItems(_input: unknown, call: Call): Promise<ClearHistoryData> {
  await collection.removeAll(call)
  return {}
}

function toItem({ _id, city, createdAt }: OwnedDocument<Fields>): Visit {
  return { id: _id, city, createdAt: createdAt.getTime() }
}
