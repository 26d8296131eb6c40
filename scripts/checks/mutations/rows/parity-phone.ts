import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('parity/phone/miniprogram/')
const MASK = 'test/parity/mask.test.ts'

/** What the page for a phone writes down, and somebody then pastes into a file. */
export const PARITY_PHONE_GUARDS: readonly Mutation[] = rows(
  [
    'no phone number leaves the page of parity',
    'lib/mask.ts',
    "  [/\\+?\\d{8,}\\b/g, '<number>'],\n",
    '',
    MASK,
    'a phone number does not leave the phone',
  ],
  [
    'no openid leaves the page of parity',
    'lib/mask.ts',
    "  [/\\bo[\\w-]{27}\\b/g, '<openid>'],\n",
    '',
    MASK,
    'an openid does not leave the phone',
  ],
)
