import { describe, expect, it } from 'vitest'
import { KEPT_DAYS } from '../../cloudfunctions/cleanup/old-records.ts'
import { MAXIMUM_SESSIONS } from '../../cloudfunctions/shared/session.ts'
import { makeTicket, openTicket } from '../../cloudfunctions/shared/ticket.ts'
import { TOKEN_LIFE_SECONDS } from '../../cloudfunctions/shared/token.ts'
import { privacyPolicy } from '../../miniprogram/utils/privacy-policy.ts'
import { TEXTS } from '../../miniprogram/utils/texts.ts'
import { userAgreement } from '../../miniprogram/utils/user-agreement.ts'
import { useTravellers } from './traveller.ts'

/** What users are told, held against what the code does. */
const newTraveller = useTravellers()

const textOf = ({ sections }: typeof privacyPolicy) =>
  sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]).join('\n')
const policy = textOf(privacyPolicy)
const agreement = textOf(userAgreement)
const everyText = [policy, agreement, JSON.stringify(TEXTS)]
/** Every number that stands in a text like this. */
const numbersIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, number]) => Number(number))

describe('the policy and the agreement say what the code does:', () => {
  it('how long a login lasts', () => {
    const days = TOKEN_LIFE_SECONDS / (24 * 60 * 60)
    expect(numbersIn(policy, /每次登录 (\d+) 天/g)).toEqual([days])
    expect(numbersIn(agreement, /有效期为 (\d+) 天/g)).toEqual([days])
  })

  it('how many logins an account holds', () => {
    expect(numbersIn(policy, /最近 (\d+) 个登录/g)).toEqual([MAXIMUM_SESSIONS])
    expect(numbersIn(agreement, /保留 (\d+) 个登录/g)).toEqual([MAXIMUM_SESSIONS])
  })

  it('how long records are kept', () => {
    expect(new Set(numbersIn(policy, /(\d+) 天，到期由|至满 (\d+) 天/g).filter(Number.isFinite))).toEqual(
      new Set([KEPT_DAYS]),
    )
    expect(numbersIn(TEXTS.myData.recordsHint, /保存 (\d+) 天/g)).toEqual([KEPT_DAYS])
  })

  it('how long a paid authorization may lie on the phone', () => {
    expect(policy).toContain('五分钟后失效，用掉、被拒绝、注销账号')
    const keys = [{ id: 'k1', key: Buffer.alloc(32, 1) }] as never
    const ticket = makeTicket(keys, 'u', { countryCode: '86', purePhoneNumber: '13800138000', verifiedAt: 0 })
    expect(() => openTicket(keys, 'u', ticket, 5 * 60 * 1000 - 1)).not.toThrow()
    expect(() => openTicket(keys, 'u', ticket, 5 * 60 * 1000)).toThrow()
  })
})

it('only browsing calls no function', async () => {
  expect(policy).toContain('只浏览时：小程序不调用我们的云函数')
  const { phone } = await newTraveller()
  phone.type('.city', '大理')
  await phone.launch('pages/login/login')
  await phone.launch('pages/privacy/privacy')
  expect(phone.calls).toEqual([])
})

it('somebody unknown who taps what needs a login leaves nothing in the database', async () => {
  expect(policy).toContain('没有账号时，我们的数据库不保存任何内容')
  const traveller = await newTraveller()
  await traveller.save()
  expect(traveller.phone.calls.map(({ name }) => name)).toEqual(['login'])
  const { kit, openid } = traveller
  for (const { name } of kit.cloud.database.collections()) {
    expect(JSON.stringify(kit.documents(name))).not.toContain(openid)
  }
  expect(traveller.userDocument).toBeUndefined()
  expect(kit.documents('audit_logs')).toEqual([])
})

it('what stays of a closed account is what the policy lists', async () => {
  const traveller = await newTraveller()
  const { phone, kit } = traveller
  await traveller.logIn()
  const userId = String(traveller.userDocument?.['_id'])
  await traveller.open('close-account')
  phone.tap('.box')
  phone.tap('.close')
  phone.answer(true)
  await phone.settle()
  await kit.control.post('clock', { advanceSeconds: 60 * 60 })
  await kit.control.post('timer', { function: 'cleanup' })
  const rows = kit.documents('audit_logs')
  expect(JSON.stringify(rows)).not.toContain(userId)
  const told = ['_id', 'act', 'at', 'by', 'outcome', 'detail', 'requestId']
  expect(rows.length).toBeGreaterThan(2)
  for (const { from, ...row } of rows) {
    expect(Object.keys(row).filter((field) => !told.includes(field))).toEqual([])
    // Only the record of the closing itself says where it came from, and no address.
    expect(from).toEqual(row['act'] === 'account.close' ? { source: 'wx_client' } : undefined)
  }
})

it('nothing is promised that does not exist', () => {
  for (const text of everyText) {
    expect(text).not.toMatch(/收藏目的地|个性化推荐/)
    expect(text).not.toMatch(/手机号[^。]*(?<!不用手机号)找回/)
  }
  expect(TEXTS.login.why).not.toContain('找回')
})

it('what the operator has to say is left open, and nothing else', () => {
  const open = [...`${policy}${agreement}`.matchAll(/【[^】]+】/g)].map(([text]) => text)
  expect([...new Set(open)].sort()).toEqual(
    ['【云函数日志保留时间】', '【联系方式】', '【运营者名称】'].sort(),
  )
})
