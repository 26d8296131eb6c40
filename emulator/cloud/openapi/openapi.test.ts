import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloudKit } from '../../../test/cloud-kit.ts'
import { buildFixtures } from '../../../test/fixture-functions.ts'
import { outsideClient } from '../../../test/sdk-client.ts'

let kit: CloudKit
let functionsDirectory: string

beforeAll(async () => {
  functionsDirectory = await buildFixtures()
  kit = await CloudKit.start({ functionsDirectory })
})
afterAll(async () => {
  await kit.stop()
  rmSync(functionsDirectory, { recursive: true, force: true })
})

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
    const { cloudID } = await kit.control.post<{ cloudID: string }>('cloud-id', {
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
    const { code } = await kit.control.post<{ code: string }>('phone-code', tap)
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
    const { cloudID } = await kit.control.post<{ cloudID: string }>('phone-code', {
      openid: 'oOpenData',
      phoneNumber: '13800138000',
    })
    const { result } = await kit.control.post<{
      result: { event: Record<string, unknown>; wxContext: Record<string, string> }
    }>('invoke', {
      function: 'probe',
      openid: 'oOpenData',
      data: { do: 'see', phone: { cloudID }, lookalike: { cloudID: 'x', data: {} } },
      cloudIDs: { phone: cloudID, bad: 'made-up' },
    })
    const info = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' }
    expect(result.event['phone']).toMatchObject({ cloudID, data: info })
    expect(result.event['bad']).toMatchObject({ cloudID: 'made-up', errCode: -601006 })
    expect(JSON.parse(result.wxContext['OPEN_DATA_INFO'] ?? '')).toEqual({ keys: ['phone', 'bad'] })
    expect(await probe({ do: 'openData', list: [cloudID] })).toMatchObject({
      list: [{ cloudID, data: info }],
    })
  })
})
