import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { outsideClient } from '../../testing/sdk-client.ts'

let kit: FixtureCloud

beforeAll(async () => {
  kit = await FixtureCloud.start({
    openapi: {
      'ocr.idcard': ({ img_url: url }) => ({ name: `from ${url}`, card_id: '1' }),
      'ocr.bankcard': async () => ({ errcode: 101000, errmsg: 'image url is invalid' }),
      'ocr.plate': () => {
        throw new Error('not today')
      },
      'cloudPay.unifiedOrder': ({ out_trade_no: number }) => ({
        return_code: 'SUCCESS',
        payment: { number },
      }),
    },
  })
})
afterAll(() => kit.stop())

const probe = async (event: object) => (await kit.invoke('probe', 'oAlice', event)).result
const inFunction = (group: string, name: string, parameters: object) =>
  probe({ do: 'openapi', group, name, parameters })

describe('inside a function', () => {
  it('an api its config.json does not name is refused', async () => {
    const code = await kit.phoneCode('oAlice')
    const refused = await inFunction('phonenumber', 'getPhoneNumber', { code })
    expect(refused).toMatchObject({
      errCode: -604101,
      errMsg: expect.stringContaining('system error: error code: -604101'),
    })
  })

  it('an api that does not exist is refused', async () => {
    expect(await inFunction('nothing', 'atAll', {})).toMatchObject({ errCode: -604100 })
    const { logs } = await kit.lastCall()
    expect(logs[0]?.text).toMatch(/nothing\.atAll.*emulator\.config/)
  })

  it.each([
    ['周末去杭州', 'pass'],
    ['这是违规内容', 'risky'],
    ['please review this', 'review'],
  ])('the security check of %s says %s', async (content, suggest) => {
    const answer = await inFunction('security', 'msgSecCheck', {
      content,
      version: 2,
      scene: 1,
      openid: 'oAlice',
    })
    expect(answer).toMatchObject({ errCode: 0, result: { suggest } })
  })

  it.each([
    ['an unknown person', { openid: 'oNobody' }, 40003],
    ['an old version', { version: 1 }, 47001],
    ['an unknown scene', { scene: 9 }, 40129],
    ['nothing', { content: '' }, 44991],
    ['too much', { content: '长'.repeat(2501) }, 45002],
  ])('the security check of %s fails', async (_name, change, errCode) => {
    const parameters = { content: 'text', version: 2, scene: 1, openid: 'oAlice', ...change }
    expect(await inFunction('security', 'msgSecCheck', parameters)).toMatchObject({ errCode })
  })

  it('the security check of somebody long away fails', async () => {
    await kit.invoke('probe', 'oAway', { do: 'nothing' })
    await kit.control.post('clock', { advanceSeconds: 7201 })
    const parameters = { content: 'text', version: 2, scene: 1, openid: 'oAway' }
    expect(await inFunction('security', 'msgSecCheck', parameters)).toMatchObject({ errCode: 61010 })
  })

  it('open data is found by its cloudID for five minutes', async () => {
    const { cloudID } = await kit.control.post('cloud-id', {
      data: { phoneNumber: '1' },
    })
    const list = [cloudID, 'made-up']
    expect(await probe({ do: 'openData', list })).toMatchObject({
      list: [
        { cloudID, data: { phoneNumber: '1' } },
        { cloudID: 'made-up', errCode: -601006 },
      ],
    })
    await kit.control.post('clock', { advanceSeconds: 301 })
    expect(await probe({ do: 'openData', list: [cloudID] })).toMatchObject({ list: [{ errCode: -601006 }] })
  })
})

describe('without any state', () => {
  const call = async (name: string, parameters: object) => {
    const [group = '', method = ''] = name.split('.')
    try {
      return await outsideClient(kit.cloud.sdkUrl).openapi[group]?.[method]?.(parameters)
    } catch (error) {
      return error
    }
  }
  const media = (text: string) => ({ media: { contentType: 'image/png', value: Buffer.from(text) } })
  const dates = { beginDate: '20260101', endDate: '20260101' }

  it.each([
    ['security.imgSecCheck', media('a picture'), { errCode: 0 }],
    ['security.imgSecCheck', media('a risky picture'), { errCode: 87014 }],
    ['security.imgSecCheck', {}, { errCode: 41005 }],
    ['security.msgSecCheck', { content: 'fine' }, { errCode: 0 }],
    ['security.msgSecCheck', { content: 'risky' }, { errCode: 87014 }],
    ['wxacode.getUnlimited', { scene: '' }, { errCode: 40169 }],
    ['wxacode.get', {}, { errCode: 40159 }],
    ['templateMessage.send', {}, { errCode: 0 }],
    ['customerServiceMessage.send', { touser: 'oNobody', msgtype: 'text' }, { errCode: 40003 }],
    ['urllink.generate', {}, { urlLink: expect.stringMatching(/^https:/) }],
    ['urlscheme.generate', {}, { openlink: expect.stringMatching(/^weixin:/) }],
    ['analysis.getDailySummary', dates, { list: [], errCode: 0 }],
    ['cloudbase.sendSms', { phoneNumberList: ['+8613800138000'] }, { sendStatusList: [{ code: 'Ok' }] }],
    ['ocr.idcard', { imgUrl: 'here' }, { name: 'from here', cardId: '1', errCode: 0 }],
    ['ocr.bankcard', {}, { errCode: 101000 }],
    ['ocr.plate', {}, { errCode: -1, errMsg: expect.stringContaining('not today') }],
  ])('%s %j answers %j', async (name, parameters, expected) => {
    expect(await call(name, parameters)).toMatchObject(expected)
  })

  it('a code is a picture, and the log says where it leads', async () => {
    const code = (await call('wxacode.getUnlimited', { scene: 'a=1', page: 'pages/a/a' })) as {
      buffer: Buffer
    }
    expect(code).toMatchObject({ contentType: 'image/png', errCode: 0 })
    expect(code.buffer.subarray(1, 4).toString()).toBe('PNG')
  })

  it('codes and links are listed with the page that they open, the latest first', async () => {
    await call('wxacode.getUnlimited', { scene: 'a=1', page: 'pages/a/a' })
    await call('wxacode.createQRCode', { path: '/pages/a/a?id=2' })
    await call('urlscheme.generate', { jumpWxa: { path: 'pages/b/b', query: 'c=3' } })
    await call('urllink.generate', { path: '', query: '' })
    await call('shortlink.generate', { pageUrl: 'pages/a/a?d=4' })
    const { links } = await kit.control.get('launch-links')
    expect(links.slice(0, 5).map(({ kind, page }) => [kind, page])).toEqual([
      ['short-link', 'pages/a/a?d=4'],
      ['url-link', ''],
      ['scheme', 'pages/b/b?c=3'],
      ['qr-code', 'pages/a/a?id=2'],
      ['code', 'pages/a/a?scene=a%3D1'],
    ])
  })

  it('a payment is answered by the project, or refused by name', async () => {
    const { cloudPay } = outsideClient(kit.cloud.sdkUrl)
    expect(await cloudPay['unifiedOrder']?.({ outTradeNo: '7' })).toMatchObject({
      returnCode: 'SUCCESS',
      payment: { number: '7' },
    })
    await expect(cloudPay['refund']?.({})).rejects.toMatchObject({
      errMsg: expect.stringContaining('cloudPay.refund'),
    })
  })
})

describe('from a client outside any function', () => {
  it('a phone code becomes a number in WeChat’s own shape, once', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const code = await kit.phoneCode('oAlice', '+85291234567')
    expect(await cloud.openapi.phonenumber.getPhoneNumber({ code })).toEqual({
      phoneInfo: {
        phoneNumber: '+85291234567',
        purePhoneNumber: '91234567',
        countryCode: '852',
        watermark: { timestamp: expect.any(Number), appid: kit.cloud.appid },
      },
      errMsg: 'openapi.phonenumber.getPhoneNumber:ok',
      errCode: 0,
    })
    await expect(cloud.openapi.phonenumber.getPhoneNumber({ code })).rejects.toMatchObject({
      errCode: 40029,
      errMsg: expect.stringMatching(/^openapi\.phonenumber\.getPhoneNumber:fail invalid code, rid: /),
    })
  })

  it('the older callOpenAPI does the same without protobuf', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const code = await kit.phoneCode('oAlice', '13800138000')
    const call = { api: 'phonenumber.getPhoneNumber', data: { code } }
    expect(await cloud.callOpenAPI(call)).toMatchObject({
      result: { errcode: 0, phone_info: { purePhoneNumber: '13800138000' } },
      errMsg: 'callOpenAPI:ok',
    })
    expect(await cloud.callOpenAPI(call)).toMatchObject({ result: { errcode: 40029 } })
    expect(await cloud.callOpenAPI({ api: 'no.such' })).toMatchObject({ result: { errcode: -604100 } })
  })

  it('a phone code is refused with another openid, and good with its own', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const code = await kit.phoneCode('oAlice')
    const exchange = (openid: string) => cloud.openapi.phonenumber.getPhoneNumber({ code, openid })
    await expect(exchange('oBob')).rejects.toMatchObject({ errCode: 40029 })
    await expect(exchange('oAlice')).resolves.toMatchObject({ errCode: 0 })
  })

  it('a phone code is good for five minutes, to the second', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const [early, late] = [await kit.phoneCode('oAlice'), await kit.phoneCode('oAlice')]
    await kit.control.post('clock', { advanceSeconds: 298 })
    await expect(cloud.openapi.phonenumber.getPhoneNumber({ code: early })).resolves.toMatchObject({
      errCode: 0,
    })
    await kit.control.post('clock', { advanceSeconds: 2 })
    await expect(cloud.openapi.phonenumber.getPhoneNumber({ code: late })).rejects.toMatchObject({
      errCode: 40029,
    })
  })

  it('a phone code of another mini-program is refused', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const tap = { openid: 'oAlice', appid: 'wxAnother' }
    const { code } = await kit.control.post('phone-code', tap)
    await expect(cloud.openapi.phonenumber.getPhoneNumber({ code })).rejects.toMatchObject({
      errCode: 40013,
    })
  })

  it('a code is exchanged once however many ask at the same moment', async () => {
    const cloud = outsideClient(kit.cloud.sdkUrl)
    const code = await kit.phoneCode('oAlice')
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, () => cloud.openapi.phonenumber.getPhoneNumber({ code })),
    )
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
  })

  it.each([[undefined], [null], [7], [''], [{ a: 1 }], ['x'.repeat(10_000)]])(
    'the code %j is invalid',
    async (code) => {
      const cloud = outsideClient(kit.cloud.sdkUrl)
      await expect(cloud.openapi.phonenumber.getPhoneNumber({ code })).rejects.toMatchObject({
        errCode: 40029,
      })
    },
  )

  it('the phone button gives a cloudID, which a call exchanges for the number and says so', async () => {
    const { cloudID } = await kit.control.post('phone-code', {
      openid: 'oOpenData',
      phoneNumber: '13800138000',
    })
    const { result } = (await kit.control.post('invoke', {
      function: 'probe',
      openid: 'oOpenData',
      data: { do: 'see', phone: { cloudID }, lookalike: { cloudID: 'x', data: {} } },
      cloudIDs: { phone: cloudID, bad: 'made-up' },
    })) as {
      result: { event: Record<string, unknown>; wxContext: Record<string, string> }
    }
    const info = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' }
    expect(result.event['phone']).toMatchObject({ cloudID, data: info })
    expect(result.event['bad']).toMatchObject({ cloudID: 'made-up', errCode: -601006 })
    expect(JSON.parse(result.wxContext['OPEN_DATA_INFO'] ?? '')).toEqual({ keys: ['phone', 'bad'] })
    expect(await probe({ do: 'openData', list: [cloudID] })).toMatchObject({
      list: [{ cloudID, data: info }],
    })
  })
})
