import { newPad } from '../export-pad.ts'
import type { TestUser } from '../test-user.ts'
import { saveSeeds } from './app.ts'
import { guarded } from './guarded.ts'
import type { Operation } from './operation.ts'
import { CONTENT, EXCHANGE, LIMITED } from './reasons.ts'
import { askCompanion, beAsked, meetCompanion } from './transfers.ts'

const WRITES_FILES = 'it writes files, which the search cannot restore (pictures.test.ts)'

async function uploadAnotherAvatar(user: TestUser): Promise<object> {
  await user.setAvatar()
  return { avatar: await user.upload() }
}

async function setAvatar(user: TestUser): Promise<object> {
  await user.setAvatar()
  return {}
}

async function saveDocumentsAndAvatar(user: TestUser): Promise<object> {
  await saveSeeds(user)
  return setAvatar(user)
}

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  guarded('account', 'get', 'the account', {
    request: ({ token }) => ({ token, action: 'get' }),
    leftOut: { races: 'it only reads' },
  }),
  guarded('account', 'sessions', 'the devices', {
    request: ({ token }) => ({ token, action: 'sessions' }),
    leftOut: { races: 'it only reads' },
  }),
  guarded('account', 'update nickname', 'asks WeChat, then changes', {
    request: ({ token }) => ({ token, action: 'update', nickname: '小明' }),
    reasons: [...CONTENT, ...LIMITED],
  }),
  guarded('account', 'avatarUpload', 'a path to upload to', {
    request: ({ token }) => ({ token, action: 'avatarUpload', type: 'png' }),
    reasons: LIMITED,
  }),
  guarded('account', 'update avatar', 'checks the file, takes it, deletes the old one', {
    prepare: uploadAnotherAvatar,
    request: ({ token }) => ({ token, action: 'update' }),
    reasons: ['AVATAR_INVALID', ...LIMITED],
    leftOut: { races: WRITES_FILES },
  }),
  guarded('account', 'update avatar to none', 'deletes the picture', {
    prepare: setAvatar,
    request: ({ token }) => ({ token, action: 'update', avatar: '' }),
    reasons: LIMITED,
    leftOut: { races: WRITES_FILES },
  }),
  guarded('account', 'changePhone', 'another number', {
    request: (user) => ({ token: user.token, action: 'changePhone', phoneCode: user.newPhoneCode() }),
    reasons: [...EXCHANGE, ...LIMITED],
  }),
  guarded('account', 'export', 'everything kept about the caller', {
    request: ({ token }) => ({ token, action: 'export', pad: newPad() }),
    reasons: LIMITED,
    leftOut: { races: 'it only reads, and counts itself' },
  }),
  guarded('account', 'requestTransfer', 'asks the other account of the number', {
    prepare: meetCompanion,
    request: ({ token }) => ({ token, action: 'requestTransfer' }),
    reasons: ['PHONE_UNVERIFIED', 'TRANSFER_UNAVAILABLE', 'TRANSFER_REFUSED', 'TRANSFER_PENDING', ...LIMITED],
    racedAs: 'companion',
  }),
  guarded('account', 'transferState', 'what is asked, both ways', {
    prepare: askCompanion,
    request: ({ token }) => ({ token, action: 'transferState' }),
    racedAs: 'companion',
  }),
  guarded('account', 'cancelTransfer', 'takes the question back', {
    prepare: askCompanion,
    request: ({ token }) => ({ token, action: 'cancelTransfer' }),
    racedAs: 'companion',
  }),
  guarded('account', 'answerTransfer, yes', 'moves everything, closes the account', {
    prepare: beAsked,
    request: ({ token, transferId }) => ({ token, action: 'answerTransfer', id: transferId, accept: true }),
    reasons: ['TRANSFER_EXPIRED'],
    becomes: 'closed',
    racedAs: 'asked',
  }),
  guarded('account', 'answerTransfer, no', 'stays', {
    prepare: beAsked,
    request: ({ token, transferId }) => ({ token, action: 'answerTransfer', id: transferId, accept: false }),
    reasons: ['TRANSFER_EXPIRED'],
    racedAs: 'asked',
  }),
  guarded('account', 'close', 'deletes the account', {
    prepare: saveDocumentsAndAvatar,
    request: ({ token }) => ({ token, action: 'close', confirmed: true }),
    becomes: 'closed',
  }),
]
