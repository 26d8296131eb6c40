import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('parity/')
const TOKEN = 'parity/token.test.ts'

/** Who may ask questions of a cloud, and how often. */
export const PARITY_GUARDS: readonly Mutation[] = rows(
  [
    'parity wants the token that it was deployed with',
    'function/parity/token.ts',
    'if (!kept || !isTokenOf(token, kept))',
    'if (!kept)',
    TOKEN,
    'refuses another token',
  ],
  [
    'parity refuses an expired token',
    'function/parity/token.ts',
    'if (now >= kept.expiresAt)',
    'if (now < 0)',
    TOKEN,
    'refuses an expired token',
  ],
  [
    'a mini-program cannot ask parity',
    'function/parity/index.ts',
    'const source = checkCaller(caller)',
    "const source = caller['SOURCE'] === '' ? checkCaller(caller) : ''",
    TOKEN,
    'refuses a mini-program, even with the token',
  ],
  [
    'a token of parity is for one run',
    'function/parity/index.ts',
    'if (!event.isRemoval) await session.end(Date.now())',
    'if (event.isRemoval) await session.end(Date.now())',
    TOKEN,
    'takes a token for one run',
  ],
)
