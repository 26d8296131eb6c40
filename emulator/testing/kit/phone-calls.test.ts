import { describe, expect, it } from 'vitest'
import { LOST_CALL, NO_ANSWER, UPLOAD } from './phone-calls.ts'
import { PICTURE, useFixture } from './use-fixture.ts'

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

  it('an answer that never comes keeps the page busy until its time is over', async () => {
    const { phone, clock } = fixture.project
    await phone.open('/pages/desk/desk')
    await phone.answerCalls('order', () => NO_ANSWER)
    const started = performance.now()
    await phone.tap('结账')
    expect(await phone.isDisabled('.close')).toBe(true)
    await clock.advance('8 s')
    await phone.see('太慢了')
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('a handler uses the phone and the clock while the page waits for it', async () => {
    const { phone, clock } = fixture.project
    await phone.open('/pages/desk/desk')
    const seen: unknown[] = []
    await phone.answerCalls('order', async () => {
      seen.push(await phone.texts('button[loading]'))
      await clock.advance('8 s')
      seen.push(await phone.texts('.notice'))
      await phone.tap('7 号桌')
      return { number: 7 }
    })
    const started = performance.now()
    await phone.tap('结账')
    expect(seen).toEqual([['结账'], ['太慢了']])
    expect([await phone.texts('.notice'), await phone.title()]).toEqual([['太慢了'], '7 号桌'])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('a page hears of a function’s failure in WeChat’s words', async () => {
    const { phone, faults } = fixture.project
    await phone.open('/pages/desk/desk')
    await faults.timeout('order')
    await phone.tap('结账')
    await phone.see(/^cloud\.callFunction:fail Error: errCode: -504003\s+\| errMsg: Invoking task timed out/m)
    await phone.answerCalls('order', () => Promise.reject(LOST_CALL))
    await phone.tap('结账')
    expect(await phone.texts('.notice')).toEqual([LOST_CALL.errMsg])
  })

  it('an upload is read, held, answered and lost', async () => {
    const { phone, cloud } = fixture.project
    const stored = async () => (await cloud.control.get('storage/files')).files.map(({ path }) => path)
    const keepReceipt = async () => {
      await phone.tap('存小票')
      await phone.chooseAvatar(PICTURE)
    }
    await phone.open('/pages/desk/desk')
    await keepReceipt()
    expect(await phone.calls()).toEqual([{ name: UPLOAD, data: { cloudPath: 'receipts/1.png' } }])
    await phone.see(/^已存 cloud:.*receipts.1.png$/m)
    for (const [moment, paths] of [
      ['request', []],
      ['answer', ['receipts/1.png']],
    ] as const) {
      await fixture.project.reset()
      await phone.open('/pages/desk/desk')
      const held = await phone.holdCall(UPLOAD, moment)
      await keepReceipt()
      await held.waiting()
      expect(await stored()).toEqual(paths)
      expect(await phone.texts('.notice')).toEqual([''])
      await held.lose()
      expect(await phone.texts('.notice')).toEqual(['没存上 -601001'])
      expect(await stored()).toEqual(paths)
    }
    await phone.answerCalls(UPLOAD, () => Promise.reject({ errCode: -403001, errMsg: 'too large' }), 1)
    await keepReceipt()
    await phone.see('没存上 -403001')
    await phone.answerCalls(UPLOAD, () => ({ fileID: 'cloud://test/receipts/2.png' }), 1)
    await keepReceipt()
    await phone.see('已存 cloud://test/receipts/2.png')
    const held = await phone.holdCall(UPLOAD)
    await keepReceipt()
    await held.waiting()
    await held.release()
    await phone.see(/^已存 cloud:.*receipts.1.png$/m)
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
