import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, TOKEN_FILE, writeKept } from '../../../parity/core/token-hash.ts'
import { buildFunctions } from '../build/build-functions.ts'
import { projectPath } from '../project.ts'

/** Holds the built function alone, apart from those of the product. */
export const PARITY_FOLDER = 'dist/parity'
export const PARITY_FUNCTION = 'parity'

/** Long enough to deploy the function and to run it. */
const TOKEN_MILLISECONDS = 24 * 60 * 60 * 1000

export interface MadeToken {
  /** Shown once, and kept nowhere. */
  token: string
  /** For the variable PARITY_TOKEN or the file beside the code: a hash and the expiry. */
  kept: string
  expiresAt: number
}

/** @param now in milliseconds since 1970 */
export function makeToken(now: number): MadeToken {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = now + TOKEN_MILLISECONDS
  return { token, kept: writeKept({ hash: hashOf(token), expiresAt }), expiresAt }
}

/**
 * parity/function/ → `<target>/parity`.
 * @param kept of the token that the function will take; without it the function refuses every call
 * @throws BuildError
 */
export async function buildParity(target = projectPath(PARITY_FOLDER), kept?: string): Promise<string> {
  await buildFunctions({ source: projectPath('parity/function'), target })
  const directory = join(target, PARITY_FUNCTION)
  if (kept !== undefined) {
    writeFileSync(join(directory, TOKEN_FILE), `${JSON.stringify({ token: kept })}\n`)
  }
  return directory
}
