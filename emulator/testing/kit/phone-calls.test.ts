import { describe, expect, it } from 'vitest'
import { LOST_CALL } from './phone-calls.ts'
import { useFixture } from './use-fixture.ts'

describe.each(['browser', 'simulator'] as const)('on the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)

  it('an answer is held: what the page shows meanwhile, and after it', async () => {
    const { phone, cloud } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    const held = await phone.holdCall('order')
    await phone.tap('下单')
    expect(await held.waiting()).toEqual({ name: 'order', data: { id: 'qimen', note: '' } })
    expect(await cloud.collection('orders').documents()).toHaveLength(1)
    expect([await phone.toasts(), await phone.count('取茶号')]).toEqual([[], 0])
    await held.release()
    expect(await phone.toasts()).toEqual(['已下单'])
    await phone.see('取茶号 100')
    const request = await phone.holdCall(({ data }) => data['id'] === 'qimen', 'request')
    await phone.tap('下单')
    await request.waiting()
    expect(await cloud.collection('orders').documents()).toHaveLength(1)
    await request.lose()
    await phone.see('下单失败，请再试')
    expect((await phone.calls()).map(({ name }) => name)).toEqual(['order', 'order'])
    expect(await phone.calls()).toEqual([])
  })

  it('an answer is another one than the cloud has given', async () => {
    const { phone, cloud } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    await phone.answerCalls('order', () => ({ number: 7 }), 1)
    await phone.tap('下单')
    await phone.see('取茶号 7')
    const end = await phone.answerCalls('order', async (_call, order) => {
      const { number } = (await order()) as { number: number }
      return { number: number + 100 }
    })
    await phone.tap('下单')
    await phone.see('取茶号 200')
    await phone.answerCalls('order', () => Promise.reject(LOST_CALL), 1)
    await phone.tap('下单')
    await phone.see('下单失败，请再试')
    end()
    const held = await phone.holdCall('order')
    await phone.tap('下单')
    await held.waiting()
    await held.answer({ number: 8 })
    await phone.see(/取茶号 8$/m)
    expect(await cloud.collection('orders').documents()).toHaveLength(2)
    fixture.project.patience.timeoutMilliseconds = 100
    const none = await phone.holdCall('bind')
    await expect(none.release()).rejects.toThrow('no call is held yet')
    await expect(none.waiting()).rejects.toThrow('no such call: bind')
  })

  it('a script reads the page, writes storage and opens a page', async () => {
    const { phone } = fixture.project
    await phone.open()
    await phone.evaluate(({ wx }, note) => wx.setStorageSync('note', note), '热')
    await phone.evaluate(({ wx }) => wx.navigateTo({ url: '/pages/order/order?id=qimen' }))
    expect(await phone.page()).toBe('pages/order/order?id=qimen')
    expect(await phone.evaluate(({ getCurrentPages }) => getCurrentPages().at(-1).data.note)).toBe('热')
  })

  it('WeChat speaks another language', async () => {
    const phone = await fixture.project.phones.of('oOwner', { language: 'en' })
    await phone.open('/pages/mine/mine')
    expect(await phone.evaluate(({ wx }) => wx.getAppBaseInfo().language)).toBe('en')
  })
})
