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
  for (let done = 0; done < count; done += BATCH) {
    store.write(() => {
      for (let n = done; n < Math.min(done + BATCH, count); n++) records.insert(users, somebody(template))
    })
    progress(Math.min(done + BATCH, count))
    // The progress is shown, and Ctrl-C heard, between two batches.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await store.close()
}

function somebody(template: Document): Document {
  const own = randomBytes(32).toString('base64url')
  return { ...template, _id: `u_${own.slice(0, 22)}`, openid: `o${own.slice(0, 27)}`, phoneHash: own }
}
