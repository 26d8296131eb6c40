import './configured.ts'
import { describe, expect, it } from 'vitest'
import { KEPT_DAYS } from '../../cloudfunctions/cleanup/expired-audit-entries.ts'
import { TOKEN_LIFE_SECONDS } from '../../cloudfunctions/shared/crypto/token.ts'
import { makeTicket, readTicket } from '../../cloudfunctions/shared/phone/ticket.ts'
import { MAXIMUM_SESSIONS } from '../../cloudfunctions/shared/users/session.ts'
import { privacyPolicy } from '../../miniprogram/account/legal/privacy-policy.ts'
import { userAgreement } from '../../miniprogram/account/legal/user-agreement.ts'
import { appConfig } from '../../miniprogram/app-config.ts'
import { useProject } from '../support/use-project.ts'
import { saveTrip } from './log-in.ts'
import { atHome, loggedInAtHome, openOwn, tapAndConfirm, userDocument } from './own-account.ts'
import { TEXTS } from './texts.ts'

/** What the documents promise users, compared with what the code does. */
const app = useProject()

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

  it('how long a paid authorization stays on the phone', () => {
    expect(policy).toContain('五分钟后失效，用掉、被拒绝、注销账号')
    const keys = [{ id: 'k1', key: Buffer.alloc(32, 1) }] as never
    const ticket = makeTicket(keys, 'u', { countryCode: '86', purePhoneNumber: '13800138000', verifiedAt: 0 })
    expect(() => readTicket(keys, 'u', ticket, 5 * 60 * 1000 - 1)).not.toThrow()
    expect(() => readTicket(keys, 'u', ticket, 5 * 60 * 1000)).toThrow()
  })
})

it('only browsing calls no function', async () => {
  expect(policy).toContain('只浏览时：小程序不调用我们的云函数')
  const { phone } = app.project
  await phone.open()
  await phone.type('.city', '大理')
  await phone.open('account/pages/login/login')
  await phone.open('account/pages/privacy/privacy')
  expect(await phone.calls()).toEqual([])
})

it('an unknown user who taps an action that needs a login leaves nothing in the database', async () => {
  expect(policy).toContain('没有账号时，我们的数据库不保存任何内容')
  const phone = await atHome(app.project)
  await saveTrip(phone)
  expect((await phone.calls()).map(({ name }) => name)).toEqual(['login'])
  const { cloud } = app.project
  for (const { name } of cloud.cloud.database.collections()) {
    expect(JSON.stringify(cloud.documents(name))).not.toContain(phone.openid)
  }
  expect(await userDocument(app.project)).toBeUndefined()
  expect(cloud.documents('audit_logs')).toEqual([])
})

it('what stays of a closed account is what the policy lists', async () => {
  const phone = await loggedInAtHome(app.project)
  const { cloud, clock } = app.project
  const userId = String((await userDocument(app.project))?.['_id'])
  await openOwn(phone, 'close-account')
  await phone.tap('.box')
  await tapAndConfirm(phone, '.close')
  await clock.advance('1 h')
  await cloud.control.post('timer', { function: 'cleanup' })
  const rows = cloud.documents('audit_logs')
  expect(JSON.stringify(rows)).not.toContain(userId)
  // `newUser` belongs to the act: the first login, which registers.
  const listed = ['_id', 'act', 'at', 'by', 'outcome', 'detail', 'newUser', 'requestId']
  expect(rows.length).toBeGreaterThan(2)
  for (const { from, ...row } of rows) {
    expect(Object.keys(row).filter((field) => !listed.includes(field))).toEqual([])
    // Only the record of the closing itself says where it came from, and no address.
    expect(from).toEqual(row['act'] === 'account.close' ? { source: 'wx_client' } : undefined)
  }
})

it('what the login page says it is good for are pages of the app', () => {
  expect(appConfig.benefits.map(({ text }) => text)).toEqual(['收藏目的地', '查看历史记录', '个性化推荐'])
  for (const page of ['favourites', 'history', 'discover']) {
    expect(TEXTS.home.tiles.map((tile) => tile.page)).toContain(`/pages/${page}/${page}`)
  }
})

it('nothing is promised that does not exist', () => {
  for (const text of everyText) {
    // A number alone recovers nothing: the other account agrees.
    const sentences = text.split(/[。"]/).filter((sentence) => /手机号.*找回/.test(sentence))
    for (const sentence of sentences) expect(sentence).toMatch(/不会仅凭手机号找回|同意/)
  }
  expect(TEXTS.login.why).not.toContain('找回')
})

it('only what the operator fills in is left open', () => {
  const open = [...`${policy}${agreement}`.matchAll(/【[^】]+】/g)].map(([text]) => text)
  expect([...new Set(open)].sort()).toEqual(
    ['【云函数日志保留时间】', '【联系方式】', '【运营者名称】'].sort(),
  )
})
