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
  guarded(
    'account',
    'get',
    { english: 'the account', chinese: '账号资料' },
    {
      request: ({ token }) => ({ token, action: 'get' }),
      leftOut: { races: 'it only reads' },
    },
  ),
  guarded(
    'account',
    'sessions',
    { english: 'the devices', chinese: '登录的设备' },
    {
      request: ({ token }) => ({ token, action: 'sessions' }),
      leftOut: { races: 'it only reads' },
    },
  ),
  guarded(
    'account',
    'update nickname',
    { english: 'asks WeChat, then changes', chinese: '先请微信检查，再修改' },
    {
      request: ({ token }) => ({ token, action: 'update', nickname: '小明' }),
      reasons: [...CONTENT, ...LIMITED],
    },
  ),
  guarded(
    'account',
    'avatarUpload',
    { english: 'a path to upload to', chinese: '上传的路径' },
    {
      request: ({ token }) => ({ token, action: 'avatarUpload', type: 'png' }),
      reasons: LIMITED,
    },
  ),
  guarded(
    'account',
    'update avatar',
    { english: 'checks the file, takes it, deletes the old one', chinese: '检查文件、采用、删除旧头像' },
    {
      prepare: uploadAnotherAvatar,
      request: ({ token }) => ({ token, action: 'update' }),
      reasons: ['AVATAR_INVALID', ...LIMITED],
      leftOut: { races: WRITES_FILES },
    },
  ),
  guarded(
    'account',
    'update avatar to none',
    { english: 'deletes the picture', chinese: '删除头像' },
    {
      prepare: setAvatar,
      request: ({ token }) => ({ token, action: 'update', avatar: '' }),
      reasons: LIMITED,
      leftOut: { races: WRITES_FILES },
    },
  ),
  guarded(
    'account',
    'changePhone',
    { english: 'another number', chinese: '更换号码' },
    {
      request: (user) => ({ token: user.token, action: 'changePhone', phoneCode: user.newPhoneCode() }),
      reasons: [...EXCHANGE, ...LIMITED],
    },
  ),
  guarded(
    'account',
    'export',
    { english: 'everything kept about the caller', chinese: '保存的关于本人的一切' },
    {
      request: ({ token }) => ({ token, action: 'export', pad: newPad() }),
      reasons: LIMITED,
      leftOut: { races: 'it only reads, and counts itself' },
    },
  ),
  guarded(
    'account',
    'requestTransfer',
    { english: 'asks the other account of the number', chinese: '向同号码的另一个账号申请' },
    {
      prepare: meetCompanion,
      request: ({ token }) => ({ token, action: 'requestTransfer' }),
      reasons: [
        'PHONE_UNVERIFIED',
        'TRANSFER_UNAVAILABLE',
        'TRANSFER_REFUSED',
        'TRANSFER_PENDING',
        ...LIMITED,
      ],
      racedAs: 'companion',
    },
  ),
  guarded(
    'account',
    'transferState',
    { english: 'what is asked, both ways', chinese: '双方的申请' },
    {
      prepare: askCompanion,
      request: ({ token }) => ({ token, action: 'transferState' }),
      racedAs: 'companion',
    },
  ),
  guarded(
    'account',
    'cancelTransfer',
    { english: 'takes the question back', chinese: '撤回申请' },
    {
      prepare: askCompanion,
      request: ({ token }) => ({ token, action: 'cancelTransfer' }),
      racedAs: 'companion',
    },
  ),
  guarded(
    'account',
    'answerTransfer, yes',
    { english: 'moves everything, closes the account', chinese: '转移全部内容，注销账号' },
    {
      prepare: beAsked,
      request: ({ token, transferId }) => ({ token, action: 'answerTransfer', id: transferId, accept: true }),
      reasons: ['TRANSFER_EXPIRED'],
      becomes: 'closed',
      racedAs: 'asked',
    },
  ),
  guarded(
    'account',
    'answerTransfer, no',
    { english: 'stays', chinese: '保持不变' },
    {
      prepare: beAsked,
      request: ({ token, transferId }) => ({
        token,
        action: 'answerTransfer',
        id: transferId,
        accept: false,
      }),
      reasons: ['TRANSFER_EXPIRED'],
      racedAs: 'asked',
    },
  ),
  guarded(
    'account',
    'close',
    { english: 'deletes the account', chinese: '删除账号' },
    {
      prepare: saveDocumentsAndAvatar,
      request: ({ token }) => ({ token, action: 'close', confirmed: true }),
      becomes: 'closed',
    },
  ),
]
