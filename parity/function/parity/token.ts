import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTokenOf, type KeptToken, readKept, TOKEN_FILE, TOKEN_VARIABLE } from '../../core/token-hash.ts'
import { Refused } from './refusal.ts'

/**
 * Compares the token with the hash that the function was deployed with.
 * @param now in milliseconds since 1970
 * @throws Refused TOKEN_WRONG (also when no token was made), TOKEN_EXPIRED
 */
export function checkToken(token: string, now: number): KeptToken {
  const kept = readKept(process.env[TOKEN_VARIABLE] || packagedText())
  if (!kept || !isTokenOf(token, kept))
    throw new Refused('TOKEN_WRONG', 'npm run parity -- token, and deploy again')
  if (now >= kept.expiresAt) throw new Refused('TOKEN_EXPIRED', 'npm run parity -- token, and deploy again')
  return kept
}

/** Of the file beside the code. */
function packagedText(): string {
  try {
    const { token } = JSON.parse(readFileSync(join(__dirname, TOKEN_FILE), 'utf8')) as { token?: unknown }
    return typeof token === 'string' ? token : ''
  } catch {
    return ''
  }
}
