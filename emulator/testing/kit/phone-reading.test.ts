import { describe, expect, it } from 'vitest'
import { useFixture } from './use-fixture.ts'

describe.each(['browser', 'simulator'] as const)('on the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)

  it.each([
    ['view', 4],
    ['.line', 3],
    ['view.line', 3],
    ['button.line', 0],
    ['.big.line', 1],
    ['#sum', 1],
    ['[data-table-number]', 2],
    ['.line[data-table-number="8"]', 1],
    ['button', 3],
    ['button[loading]', 0],
  ])('the selector %s finds so many: %i', async (selector, count) => {
    const { phone } = fixture.project
    await phone.open('/pages/desk/desk')
    expect(await phone.count({ selector })).toBe(count)
  })

  it('a selector names components and what is in them', async () => {
    const { phone, cloud } = fixture.project
    await cloud.collection('goods').put({ _id: 'qimen', title: '祁门红茶', price: 6850 })
    await phone.open()
    for (const selector of ['price', '.good price', 'price .yuan', '.good >>> .yuan', 'price >>> text'])
      expect([selector, await phone.texts({ selector })]).toEqual([selector, ['¥68.50']])
  })

  it('the texts of several places are read, and of none', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/desk/desk')
    expect(await phone.texts('.line')).toEqual(['合计 12800', '7 号桌', '8 号桌'])
    expect(await phone.texts(/号桌/)).toEqual(['7 号桌', '8 号桌'])
    expect(await phone.texts('.none')).toEqual([])
  })

  it('a text finds labels for screen readers, too', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    expect(await phone.picture('有货')).toBe('/images/leaf.svg')
    expect(await phone.texts(/^有货$/)).toEqual([''])
    expect(await phone.count('售罄')).toBe(0)
    expect(await phone.count('备注')).toBe(1)
    await phone.tap('备注')
  })

  it('all text of a page has a line for each block', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/desk/desk')
    const lines = (await phone.text()).split('\n').filter((line) => line.trim() !== '')
    expect(lines).toEqual(['合计 12800', '7 号桌', '8 号桌', '结账', '存小票', '等茶'])
  })

  it('a button shows that it is busy', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/desk/desk')
    const held = await phone.holdCall('order')
    await phone.tap('结账')
    await held.waiting()
    expect(await phone.texts('button[loading]')).toEqual(['结账'])
    expect(await phone.texts('button[disabled]')).toEqual(['结账'])
    await held.release()
    expect(await phone.count('button[loading]')).toBe(0)
  })

  it('the title is the app’s, the page’s, the one that the page has set, or none', async () => {
    const { phone } = fixture.project
    await phone.open()
    expect(await phone.title()).toBe('茶馆')
    await phone.open('/pages/desk/desk')
    expect(await phone.title()).toBe('收银台')
    await phone.tap('7 号桌')
    expect(await phone.title()).toBe('7 号桌')
    await phone.open('/pages/card/card')
    expect(await phone.title()).toBe('')
  })

  it('the dialogs are read without waiting for one', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    expect(await phone.dialogs()).toEqual([])
    await phone.tap('不买了')
    expect(await phone.dialogs()).toEqual([await phone.dialog()])
    await phone.tap('取消')
    expect(await phone.dialogs()).toEqual([])
  })
})
