import type { Cloud } from '../emulator/cloud/cloud.ts'

/** Collections the functions use. In the cloud an administrator makes them, with this permission. */
export const COLLECTIONS = ['users', 'trips', 'audit_logs', 'avatars', 'rate_limits']

/** The console step of a new environment, done here for the developer: functions never make collections. */
export function ensureCollections({ database }: Cloud): void {
  const known = new Set(database.collections().map(({ name }) => name))
  for (const name of COLLECTIONS) {
    if (!known.has(name)) database.createCollection(name, 'ADMINONLY')
  }
}
