import * as v from 'valibot'
import type {
  Favourite,
  ListFavouritesData,
  ListFavouritesRequest,
  RemoveFavouritesData,
  RemoveFavouritesRequest,
  SaveFavouritesData,
  SaveFavouritesRequest,
} from '../../contract/app/favourites.ts'
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

export const collection = new OwnedCollection({ name: 'favourites', maximum: 200, fields })

export const saveInput = requestSchema<SaveFavouritesRequest>()(
  v.object({
    action: v.literal('save'),
    key: documentKey,
    city: v.pipe(textField(40), v.trim(), v.check(isVisibleText)),
  }),
)
export const listInput = requestSchema<ListFavouritesRequest>()(
  v.object({ action: v.literal('list'), cursor: pageCursor }),
)
export const removeInput = requestSchema<RemoveFavouritesRequest>()(
  v.object({ action: v.literal('remove'), id: textField(128) }),
)

/** @throws AppError LIMIT_REACHED */
export async function saveItem(
  { key, city }: v.InferOutput<typeof saveInput>,
  call: Call,
  { user }: LoggedIn,
  count: number,
): Promise<SaveFavouritesData> {
  return { item: toItem(await collection.save(call, user, { key, fields: { city }, count })) }
}

export async function listItems(
  _input: unknown,
  call: Call,
  { user }: LoggedIn,
  found: FoundPage<Fields>,
): Promise<ListFavouritesData> {
  const { documents, ...more } = await collection.page(call, user, found)
  return { items: documents.map(toItem), ...more }
}

export async function removeItem(
  { id }: v.InferOutput<typeof removeInput>,
  call: Call,
): Promise<RemoveFavouritesData> {
  await collection.remove(call, id)
  return {}
}

function toItem({ _id, city, createdAt }: OwnedDocument<Fields>): Favourite {
  return { id: _id, city, createdAt: createdAt.getTime() }
}
