import { describe, expect, it } from 'vitest'
import { fieldNames } from './field-names.ts'
import { readOldUser } from './old-user.ts'

const OPENID = 'oAbCdEfGhIjKlMnOpQrStUvWxYz1'
const read = (document: object, fields: Parameters<typeof fieldNames>[0] = {}) =>
  readOldUser({ _id: 'a', _openid: OPENID, ...document }, fieldNames(fields))
const userOf = (document: object, fields?: Parameters<typeof fieldNames>[0]) => {
  const result = read(document, fields)
  if ('unreadable' in result) throw new Error(result.unreadable)
  return { ...result.user, hasInvalidPhone: result.hasInvalidPhone }
}

describe('the number of an old document', () => {
  it.each([
    ['13800138000', '86', '13800138000'],
    [13_800_138_000, '86', '13800138000'],
    ['+86 138-0013-8000', '86', '13800138000'],
    ['0086 13800138000', '86', '13800138000'],
    ['8613800138000', '86', '13800138000'],
    ['+852 9123 4567', '852', '91234567'],
    ['+1 (415) 555-2671', '1', '4155552671'],
    ['１３８００１３８０００', '86', '13800138000'],
    ['＋８６ 138–0013–8000', '86', '13800138000'],
    ['\u202d13800138000\u202c', '86', '13800138000'],
  ])('%j is read', (mobile, countryCode, purePhoneNumber) => {
    expect(userOf({ mobile }).phone).toEqual({ countryCode, purePhoneNumber })
  })

  it('of another country is read with the country beside it', () => {
    const phoneInfo = { purePhoneNumber: '91234567', countryCode: '852' }
    expect(userOf({ phoneInfo }).phone).toEqual({ countryCode: '852', purePhoneNumber: '91234567' })
  })

  it.each([
    ['138****8000'],
    ['010-62770334'],
    ['12345'],
    ['+86 12345678901'],
    [{}],
    [true],
    ['k1.AAAA'],
    [1.5],
  ])('%j is none', (mobile) => {
    expect(userOf({ mobile })).toMatchObject({ phone: undefined, hasInvalidPhone: true })
  })

  it('that is missing or empty is no invalid one', () => {
    for (const mobile of ['', null, undefined]) {
      expect(userOf({ mobile })).toMatchObject({ phone: undefined, hasInvalidPhone: false })
    }
  })
})

describe('the nickname of an old document', () => {
  it.each([
    ['小明', '小明'],
    ['  小明  ', '小明'],
    ['小\u200b明\u202e', '小明'],
    ['👨‍👩‍👧 一家', '👨‍👩‍👧 一家'],
    ['一二三四五六七八九十一二三四五六七八九十一', '一二三四五六七八九十一二三四五六七八九十'],
    ['微信用户', ''],
    ['\u3164\u2800', ''],
    [42, ''],
  ])('%j becomes %j', (nickName, nickname) => {
    expect(userOf({ nickName }).nickname).toBe(nickname)
  })
})

describe('the picture of an old document', () => {
  it.each([
    ['cloud://env-1.656e-env-1/avatars/a.png', 'cloud://env-1.656e-env-1/avatars/a.png'],
    ['http://thirdwx.qlogo.cn/mmopen/vi_32/a/132', 'https://thirdwx.qlogo.cn/mmopen/vi_32/a/132'],
    ['https://tracker.example/a.png', ''],
    ['javascript:alert(1)', ''],
    ['wxfile://tmp/a.png', ''],
    ['/images/default.png', ''],
  ])('%s becomes %j', (avatarUrl, avatar) => {
    expect(userOf({ avatarUrl }).avatar).toBe(avatar)
  })
})

describe('the time of an old document', () => {
  const at = new Date('2023-05-01T00:30:00Z')
  it.each([
    [at],
    [at.getTime()],
    [at.getTime() / 1000],
    [String(at.getTime())],
    ['2023-05-01T00:30:00.000Z'],
    ['2023-05-01 08:30:00'],
    ['2023/5/1 8:30'],
    ['2023年5月1日 8:30'],
  ])('%j is read, in China’s time without a zone', (createTime) => {
    expect(userOf({ createTime }).createdAt).toEqual(at)
  })

  it.each([['gestern'], [0], [-1], [1e300], ['0000-00-00 00:00:00'], [new Date(Number.NaN)]])(
    '%j is none',
    (createTime) => {
      expect(userOf({ createTime }).createdAt).toBeUndefined()
    },
  )
})

describe('the person of an old document', () => {
  it('is whom WeChat names in _openid, whatever a client wrote into openid', () => {
    expect(userOf({ openid: 'oSomebodyElse' }).openid).toBe(OPENID)
    expect(userOf({ openid: 'oSomebodyElse' }, { openid: 'openid' }).openid).toBe('oSomebodyElse')
  })

  it.each([
    ['OPENID_MISSING', { _openid: undefined }],
    ['OPENID_INVALID', { _openid: '12345678901234567890' }],
    ['OPENID_INVALID', { _openid: { $ne: '' } }],
    ['OPENID_INVALID', { _openid: 'no openid' }],
  ])('is unknown: %s', (unreadable, document) => {
    expect(read(document)).toEqual({ unreadable })
  })

  it.each([[null], [[]], ['text'], [1]])('is unknown for %j, which is no document', (document) => {
    expect(readOldUser(document, fieldNames())).toEqual({ unreadable: 'NOT_A_DOCUMENT' })
  })
})

it('names that are given replace the guesses, and an empty one reads nothing', () => {
  const document = { tel2: '13900139000', mobile: '13800138000', blocked: 1 }
  expect(userOf(document, { phone: 'tel2' }).phone?.purePhoneNumber).toBe('13900139000')
  expect(userOf(document, { phone: '' })).toMatchObject({ phone: undefined, hasInvalidPhone: false })
  expect(userOf(document, { disabled: 'blocked' }).isDisabled).toBe(true)
  expect(userOf(document).isDisabled).toBe(false)
})
