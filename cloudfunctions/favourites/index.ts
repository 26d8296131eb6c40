import type { RequestOf } from '../../contract/functions.ts'
import { authenticated } from '../shared/handlers/authenticated.ts'
import { byAction } from '../shared/handlers/by-action.ts'
import { serve } from '../shared/handlers/serve.ts'
import {
  collection,
  listInput,
  listItems,
  removeInput,
  removeItem,
  saveInput,
  saveItem,
} from './favourites.ts'

export const main = serve(
  'favourites',
  byAction<RequestOf<'favourites'>['action'], object>({
    save: authenticated(saveInput, saveItem, collection.count),
    list: authenticated(listInput, listItems, collection.find),
    remove: authenticated(removeInput, removeItem),
  }),
)
