import { describe, expect, it } from 'vitest'
import { PATIENT, useFixture } from './use-fixture.ts'

describe.each(['browser', 'simulator'] as const)('on the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)
  const open = async (query = '') => {
    const { phone } = fixture.project
    await phone.open(`/pages/form/form${query}`)
    return { phone, last: async () => (await phone.texts('.last')).join() }
  }

  it('what is hidden is not there', async () => {
    const { phone } = await open()
    expect(await phone.count('营业中')).toBe(1)
    expect(await phone.count('打烊了')).toBe(0)
    expect(await phone.texts('.closed')).toEqual([])
    expect(await phone.text()).not.toContain('打烊了')
    fixture.project.patience.timeoutMilliseconds = 100
    await expect(phone.see('打烊了')).rejects.toThrow('not on the screen')
    await expect(phone.tap('打烊了')).rejects.toThrow('nothing matches')
    fixture.project.patience.timeoutMilliseconds = PATIENT
    await phone.evaluate(({ getCurrentPages }) => getCurrentPages().at(-1).setData({ isOpen: false }))
    expect([await phone.count('打烊了'), await phone.count('到九点')]).toEqual([1, 0])
  })

  it('a field takes as much as it may', async () => {
    const { phone, last } = await open()
    await phone.type('.name', '一二三四五六')
    expect([await phone.value('.name'), await last()]).toEqual(['一二三四', '4'])
    await phone.type('留言', '长'.repeat(200))
    expect(await last()).toBe('140')
  })

  it('a picker is chosen from: an option, a date, a time, several columns', async () => {
    const { phone, last } = await open()
    await phone.choose('选茶', '祁门')
    expect(await last()).toBe('change "1"')
    await phone.choose('.day', '2027-03-31')
    expect(await last()).toBe('change "2027-03-31"')
    await phone.choose('选时间', '08:30')
    expect(await last()).toBe('change "08:30"')
    await phone.choose('.place', ['城南', '南巷'])
    expect(await last()).toBe('change [1,0]')
    await expect(phone.choose('选茶', '普洱')).rejects.toThrow(/没有选项 "普洱" · no such option: 龙井、祁门/)
  })

  it('a slider moves to a number, and what has no choice says so', async () => {
    const { phone, last } = await open()
    await phone.choose('.weight', 250)
    expect(await last()).toBe('change 250')
    await expect(phone.choose('.menu', '什么')).rejects.toThrow('is no <picker> and no <slider>')
    fixture.project.patience.timeoutMilliseconds = 100
    await expect(phone.type('.weight', '8')).rejects.toThrow('nothing matches')
    fixture.project.patience.timeoutMilliseconds = PATIENT
  })

  it('a form has the values of its groups, switches and sliders', async () => {
    const { phone, last } = await open()
    for (const target of ['大杯', '加奶', '加冰', 'switch[disabled], .none']) {
      if (target.startsWith('switch')) await phone.tap({ selector: 'switch' })
      else await phone.tap(target)
    }
    await phone.tap('交')
    expect(JSON.parse((await last()).replace('submit ', ''))).toEqual({
      cup: 'big',
      more: ['milk', 'ice'],
      bag: true,
      sugar: 3,
    })
  })

  it('a finger stays on something', async () => {
    const { phone, last } = await open()
    await phone.longPress('按住')
    expect(await last()).toBe('按住了')
    await phone.tap('按住')
    expect(await last()).toBe('点了')
  })

  it('one of an action sheet is chosen, or none', async () => {
    const { phone, last } = await open()
    await phone.tap('更多')
    expect(await phone.dialog()).toMatchObject({ buttons: ['分享', '删除', '取消'] })
    await phone.tap('删除')
    expect(await last()).toBe('选了 1')
    await phone.tap('更多')
    await phone.tap('取消')
    expect(await last()).toBe('showActionSheet:fail cancel')
  })

  it.each([
    ['抛出', '坏了', 30],
    ['拒绝', '等了才坏', 34],
    ['稍后', '后来坏了', 38],
  ])('what a page throws has its place: %s', async (button, message, line) => {
    const { phone } = await open()
    await phone.tap(button)
    const errors: string[] = []
    await expect.poll(async () => errors.push(...(await phone.errors()))).toBe(1)
    expect(errors[0]).toContain(`RangeError: ${message}`)
    expect(errors[0]).toContain(`pages/form/form.js:${line}`)
    expect(errors[0]).not.toContain('node_modules')
  })

  it('the place is right whether or not Node maps stacks by itself', async () => {
    const { phone } = await open()
    const wasMapping = process.sourceMapsEnabled === true
    for (const isMapping of [!wasMapping, wasMapping]) {
      process.setSourceMapsEnabled(isMapping)
      await phone.tap('抛出')
      const [error] = await phone.errors()
      expect(error).toContain('pages/form/form.js:30')
    }
  })

  it('a failure of WeChat’s that nobody handles is an error', async () => {
    const { phone } = await open()
    await phone.tap('失败')
    expect(await phone.errors()).toEqual([expect.stringContaining('getStorage:fail data not found')])
  })

  it('the options of a page and of the launch are as they stand in the address', async () => {
    const { phone, last } = await open('?id=a%20b&empty=&x=1=2')
    expect(JSON.parse(await last())).toEqual({ id: 'a%20b', launch: { id: 'a%20b', empty: '', x: '1=2' } })
    expect(await phone.page()).toBe('pages/form/form?id=a%20b&empty=&x=1=2')
    const { last: without } = await open()
    expect(JSON.parse(await without())).toEqual({ launch: {} })
  })

  it('WeChat says that something was copied', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/phone/phone')
    await phone.tap('.copy')
    expect(await phone.toasts()).toEqual(['内容已复制'])
  })
})
