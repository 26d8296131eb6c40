import { type Mutation, rowsBelow } from '../mutation.ts'
import { TRIPS_TEST } from './server-tests.ts'

const rows = rowsBelow('cloudfunctions/')
const TRANSFER_TEST = 'cloudfunctions/account/transfer.test.ts'
const ATTACK_TEST = 'test/hostile/transfers.test.ts'
const STEPS_TEST = 'test/concurrency/transfer-steps.test.ts'
const MOVED_TEST = 'cloudfunctions/cleanup/moved-accounts.test.ts'

/** Two guards keep documents of two users with one key apart: the id, and the check of the owner. */
const KEYS: Mutation = {
  guard: 'the key of a trip is its user’s own',
  file: 'cloudfunctions/shared/users/owned-collection.ts',
  edits: [
    ['`${userId}.${key}`', '`${userId && key}`'],
    ['document.userId === userId ? document : undefined', 'document'],
  ],
  test: TRIPS_TEST,
  name: 'are separate for each user, even with the same key',
}

const MOVES = rows(
  [
    'an account whose number WeChat has not verified is nobody’s to ask for',
    'shared/users/same-number.ts',
    '    phoneVerifiedAt: _.exists(true),\n',
    '',
    ATTACK_TEST,
    'makes its account nobody’s to ask for',
  ],
  [
    'a disabled account is not asked for a transfer',
    'shared/users/same-number.ts',
    "    status: 'active',\n",
    '',
    ATTACK_TEST,
    'is not asked: disabled',
  ],
  [
    'a login succeeds without the lookup of other accounts',
    'shared/users/same-number.ts',
    '    return false\n',
    '    throw error\n',
    TRANSFER_TEST,
    'cannot be looked up',
  ],
  [
    'a number is a claim for 30 days',
    'account/transfer-claim.ts',
    ' || now - verifiedAt.getTime() > CLAIM_MILLISECONDS',
    '',
    ATTACK_TEST,
    'more than 30 days ago',
  ],
  [
    'a lost number tells nothing about who has it now',
    'account/transfer-state.ts',
    '  if (!claim) return true\n',
    '  if (!claim) return (await otherAccountsOf(budget, user)).length > 0\n',
    ATTACK_TEST,
    'more than 30 days ago',
  ],
  [
    'a no is remembered',
    'account/transfer-claim.ts',
    'accounts.filter((account) => !hasRefused(account, claim, now))',
    'accounts',
    ATTACK_TEST,
    'cannot ask an account that said no',
  ],
  [
    'a later word of WeChat replaces a waiting question',
    'shared/users/transfer-request.ts',
    "      { 'transferRequest.verifiedAt': _.lt(verifiedAt) },\n",
    '',
    ATTACK_TEST,
    'wait for each other',
  ],
  [
    'a question for a transfer expires',
    'shared/users/transfer-request.ts',
    '  if (transferRequest.expiresAt.getTime() <= now) return undefined\n',
    '',
    ATTACK_TEST,
    'from an account that never answers',
  ],
  [
    'questions for a transfer are limited',
    'account/index.ts',
    "limited('transfer', requestTransferInput, requestTransfer)",
    'authenticated(requestTransferInput, requestTransfer)',
    ATTACK_TEST,
    'five times an hour',
  ],
  [
    'only the question that waits is answered',
    'account/answer-transfer.ts',
    "  if (request?.id !== input.id) throw new AppError('TRANSFER_EXPIRED')\n",
    '',
    ATTACK_TEST,
    'by nobody but the account that is asked',
  ],
  [
    'the write that decides a move requires the number of the question',
    'account/answer-transfer.ts',
    '    phoneHash,\n    incomingTransfer',
    '    incomingTransfer',
    STEPS_TEST,
    'the number of the account changes',
  ],
  [
    'a transfer that is called off takes its question back first',
    'shared/users/incoming-transfer.ts',
    '  await withdrawRequest(budget, from, id)\n',
    '',
    STEPS_TEST,
    'the receiver closes its account',
  ],
  [
    'an account closes after the arrival of all that moves to it',
    'account/close-account.ts',
    '    const nothingComing = { incomingTransfer: _.exists(false) }\n',
    '    const nothingComing = {}\n',
    ATTACK_TEST,
    'arrives before its receiver closes',
  ],
  [
    'a move without a receiver gives the account back',
    'shared/users/account-move.ts',
    '  if (!(await updateUser(budget, stillMoving, change))) return\n',
    '',
    ATTACK_TEST,
    'that was deleted by hand',
  ],
  [
    'a number that moves is encrypted for its new user',
    'shared/users/inheritance.ts',
    'phoneCipher: encrypt(keys.phone, receiverId, number)',
    'phoneCipher',
    ATTACK_TEST,
    'gives the number to an account without one',
  ],
  [
    'an audit entry about another person has no address',
    'shared/users/audit.ts',
    "by === 'other' || ",
    '',
    TRANSFER_TEST,
    'has neither its address nor its call',
  ],
  [
    'an administrator moves nothing to a disabled account',
    'admin/transfer-account.ts',
    '  requireActive(to)\n',
    '',
    ATTACK_TEST,
    'moves nothing from or to an account that is disabled',
  ],
  [
    'an account is not moved to itself',
    'admin/transfer-account.ts',
    "  if (fromId === toId) throw new AppError('BAD_REQUEST', { field: 'to' })\n",
    '',
    ATTACK_TEST,
    'asks nobody for itself',
  ],
  [
    'a late document of an account that moved is no orphan',
    'cleanup/orphaned-documents.ts',
    '.filter((id) => !moved.has(id))',
    '',
    MOVED_TEST,
    'is left to the second, not deleted as an orphan',
  ],
  [
    'a late document of an account that moved follows it',
    'cleanup/closed-accounts.ts',
    '    movedTo && isReceiverThere\n',
    '    movedTo && !isReceiverThere\n',
    MOVED_TEST,
    'that was saved while its account moved',
  ],
  [
    'a document that moved to another account is not shown to the person it came from',
    'shared/users/owned-collection.ts',
    'document.userId === userId ? document : undefined',
    'document',
    TRANSFER_TEST,
    'may use the same keys',
  ],
)

/** Guards of moving one account to another. */
export const TRANSFER_GUARDS: readonly Mutation[] = [KEYS, ...MOVES]
