import { describe, expect, it } from 'vitest'
import { useFixture } from './use-fixture.ts'

describe.each(['browser', 'simulator'] as const)('on the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)

  it('a page writes, counts and watches the documents of its own person', async () => {
    const { phone, phones, cloud } = fixture.project
    const other = await phones.of('oOther')
    await cloud.collection('notes').put({ _openid: 'oOther', text: '不是我的茶' })
    await phone.open('/pages/notes/notes')
    expect(await phone.count('.note')).toBe(0)
    await phone.type('写点什么', '祁门红茶好')
    await phone.tap('记下')
    await phone.see('共 1 条')
    await phone.see('祁门红茶好')
    const [note] = await cloud.collection('notes').documents({ _openid: phone.openid })
    expect(note).toMatchObject({ text: '祁门红茶好', at: expect.any(Date) })
    await other.open('/pages/notes/notes')
    await other.see('不是我的茶')
    expect(await other.texts('.note')).toEqual(['不是我的茶'])
  })

  it('a page that watches hears of what the test or another phone writes', async () => {
    const { phone, phones, cloud } = fixture.project
    await phone.open('/pages/notes/notes')
    await cloud.collection('notes').put({ _openid: phone.openid, text: '测试写的' })
    await phone.see('测试写的')
    const second = await phones.of(phone.openid, { device: '2' })
    await second.open('/pages/notes/notes')
    await second.see('测试写的')
    await second.type('写点什么', '另一台手机写的')
    await second.tap('记下')
    await phone.see('另一台手机写的')
    await cloud.collection('notes').clear()
    await phone.gone('测试写的')
  })

  it('what fails has WeChat’s number', async () => {
    const { phone } = fixture.project
    await phone.open('/pages/notes/notes')
    await phone.goOffline()
    await phone.type('写点什么', '离线')
    await phone.tap('记下')
    await phone.see('-601001')
    await phone.goOnline()
    await phone.tap('记下')
    await phone.gone('-601001')
    await phone.see('离线')
    await phone.tap('清空')
    await phone.see('-401001')
    expect((await phone.errors()).join()).toContain('小程序端没有这个接口')
  })
})
