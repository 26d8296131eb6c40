import type { Database } from './database.ts'

/** The collection of what a run remembers. */
export const KEPT_COLLECTION = 'parity_kept'

/** Keeps a value under a name, for a later call of the run. */
export async function keep(db: Database, name: string, value: unknown): Promise<void> {
  await db
    .collection(KEPT_COLLECTION)
    .doc(`value-${name}`)
    .set({ data: { value: JSON.stringify(value) } })
}

/** @returns undefined if nothing is kept under that name */
export async function readKept(db: Database, name: string): Promise<unknown> {
  const { data } = await db
    .collection(KEPT_COLLECTION)
    .where({ _id: `value-${name}` })
    .get()
  const text = data[0]?.['value']
  return typeof text === 'string' ? JSON.parse(text) : undefined
}
