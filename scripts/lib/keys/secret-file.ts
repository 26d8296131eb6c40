import { chmodSync, existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Only the owner may read and write. */
const OWNER_ONLY = 0o600

/**
 * Writes a file of secrets atomically, because half a file of keys would lock every user out. Only its owner may read it
 * (0600), even if an older file had other permissions.
 */
export function writeSecretFile(file: string, content: string | Buffer): void {
  // A symbolic link stays.
  const target = existsSync(file) ? realpathSync(file) : file
  const unfinished = `${target}.${process.pid}`
  // writeFileSync sets the mode only of a file that it creates.
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, content, { mode: OWNER_ONLY })
  chmodSync(unfinished, OWNER_ONLY)
  renameSync(unfinished, target)
}

/** Restricts an existing file to its owner. */
export function closeSecretFile(file: string): void {
  chmodSync(file, OWNER_ONLY)
}
