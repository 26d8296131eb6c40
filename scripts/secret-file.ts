import { chmodSync, existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** A file for its owner's eyes alone. */
const OWNER_ONLY = 0o600

/**
 * Writes a file that holds secrets: whole or not at all, since half a file of keys would lock everybody out, and
 * readable by its owner alone (0600), also where an older one of other rights was there.
 */
export function writeSecretFile(file: string, content: string | Buffer): void {
  // A link stays one.
  const target = existsSync(file) ? realpathSync(file) : file
  const unfinished = `${target}.${process.pid}`
  // The mode of writeFileSync counts only for a file that it makes.
  rmSync(unfinished, { force: true })
  writeFileSync(unfinished, content, { mode: OWNER_ONLY })
  chmodSync(unfinished, OWNER_ONLY)
  renameSync(unfinished, target)
}

/** Takes a file that is there from everybody but its owner. */
export function closeSecretFile(file: string): void {
  chmodSync(file, OWNER_ONLY)
}
