import { randomBytes } from 'node:crypto'
import { Catalog } from '../emulator/cloud/database/storage/catalog.ts'
import { Records } from '../emulator/cloud/database/storage/records.ts'
import type { Document } from '../emulator/cloud/database/values/document.ts'
import { Store } from '../emulator/cloud/store.ts'

const BATCH = 5000

/**
 * Makes a data folder whose `users` are so many people that have logged in once, written straight into the store as
 * the embedded cloud itself would. No cloud may be running on the folder.
 * @param template the document of somebody who logged in; the others differ in what is each person's own
 */
export async function fillUsers(
  directory: string,
  count: number,
  template: Document,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const store = new Store(directory)
  const catalog = new Catalog(store)
  const records = new Records(store)
  store.write(() => catalog.create('users', 'ADMINONLY'))
  const users = catalog.get('users')
  const ids = newIds(count)
  for (let done = 0; done < count; done += BATCH) {
    store.write(() => {
      for (const id of ids.slice(done, done + BATCH)) records.insert(users, somebody(id, template))
    })
    progress(Math.min(done + BATCH, count))
    // The progress is shown, and Ctrl-C heard, between two batches.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await store.close()
}

/**
 * User ids in the order of the index, so that it grows at its end: in any other order every batch would leave most of
 * the store's pages behind as free ones, and each later write would have their list to keep.
 */
function newIds(count: number): string[] {
  return Array.from({ length: count }, () => `u_${randomBytes(17).toString('base64url').slice(0, 22)}`).sort()
}

function somebody(id: string, template: Document): Document {
  const own = randomBytes(32).toString('base64url')
  return { ...template, _id: id, openid: `o${own.slice(0, 27)}`, phoneHash: own }
}
