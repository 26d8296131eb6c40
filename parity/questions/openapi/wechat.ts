import { type Question, type QuestionCloud, question } from '../../core/question.ts'

const area = 'openapi'
const phone = ['openapi-phone-number-errors']
const permission = ['openapi-permission']
const check = ['openapi-message-check']

/** `cloud.openapi` with any name and argument. */
type OpenApi = Record<string, Record<string, (options: unknown) => Promise<unknown>>>
/** What the SDK has beside it. */
interface Rest {
  openapi: OpenApi & ((options: object) => OpenApi)
  getOpenData(options: unknown): Promise<unknown>
  getVoIPSign(options: unknown): Promise<unknown>
  getCloudCallSign(options: unknown): Promise<unknown>
  callOpenAPI(options: unknown): Promise<unknown>
  cloudPay: Record<string, (options: unknown) => Promise<unknown>>
}

const sdkOf = ({ cloud }: QuestionCloud) => cloud as unknown as Rest

/** Of the right form, and nobody's. */
const NOBODY = 'oAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const WRONG_CODE = '0'.repeat(64)

const phoneNumber = (what: string, options: unknown, settles = phone): Question =>
  question(`openapi.phone-number-${what}`, {
    area,
    settles,
    ask: (cloud) => sdkOf(cloud).openapi['phonenumber']?.['getPhoneNumber']?.(options),
  })

const messageCheck = (what: string, options: unknown): Question =>
  question(`openapi.message-check-${what}`, {
    area,
    settles: check,
    ask: (cloud) => sdkOf(cloud).openapi['security']?.['msgSecCheck']?.(options),
  })

const refused = (what: string, group: string, name: string, options: object): Question =>
  question(`openapi.${what}`, {
    area,
    settles: permission,
    ask: (cloud) => sdkOf(cloud).openapi[group]?.[name]?.(options),
  })

/** Calls of WeChat's interfaces, most with what WeChat refuses. Nothing is sent to anybody. */
export const OPENAPI_QUESTIONS: readonly Question[] = [
  phoneNumber('wrong-code', { code: WRONG_CODE }),
  phoneNumber('wrong-code-with-openid', { code: WRONG_CODE, openid: NOBODY }, [
    'openapi-phone-number-openid',
  ]),
  phoneNumber('without-code', {}),
  phoneNumber('empty-code', { code: '' }),
  phoneNumber('code-that-is-a-number', { code: 1 }),
  phoneNumber('with-an-unknown-field', { code: WRONG_CODE, other: 1 }),
  question('openapi.phone-number-wrong-code-as-it-is', {
    area,
    settles: phone,
    ask: (cloud) =>
      sdkOf(cloud).openapi({ convertCase: false })['phonenumber']?.['getPhoneNumber']?.({ code: WRONG_CODE }),
  }),
  messageCheck('of-nobody', { content: '你好', version: 2, scene: 1, openid: NOBODY }),
  messageCheck('without-openid', { content: '你好', version: 2, scene: 1 }),
  messageCheck('first-version', { content: '你好' }),
  messageCheck('without-content', { version: 2, scene: 1, openid: NOBODY }),
  messageCheck('too-long', { content: '长'.repeat(2501), version: 2, scene: 1, openid: NOBODY }),
  messageCheck('wrong-scene', { content: '你好', version: 2, scene: 9, openid: NOBODY }),
  refused('without-permission', 'subscribeMessage', 'send', { touser: NOBODY, templateId: 'x', data: {} }),
  refused('of-an-unknown-name', 'parity', 'none', {}),
  question('openapi.cloud-id-wrong', {
    area,
    settles: ['openapi-cloud-id'],
    ask: (cloud) => sdkOf(cloud).getOpenData({ list: ['0_wrong'] }),
  }),
  question('openapi.cloud-id-none', {
    area,
    settles: ['openapi-cloud-id'],
    ask: (cloud) => sdkOf(cloud).getOpenData({ list: [] }),
  }),
  question('openapi.payment-without-merchant', {
    area,
    settles: permission,
    ask: (cloud) => sdkOf(cloud).cloudPay['unifiedOrder']?.({ body: 'x', outTradeNo: 'x', totalFee: 1 }),
  }),
]
