import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURE, PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(FIXTURE)
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

async function open(openid: string, page = '微信能力'): Promise<PhonePage> {
  const phone = await kit.phone(openid)
  await phone.text(page).click()
  return phone
}

const said = (phone: PhonePage, what: unknown) =>
  expect.poll(() => phone.top.locator('.log').textContent()).toBe(JSON.stringify(what))

describe('consent to the privacy guide', () => {
  it('is requested by WeChat once; after a refusal nothing opens and WeChat does not ask again soon', async () => {
    const phone = await open('oCareful')
    await phone.button('查隐私设置').click()
    await said(phone, { needAuthorization: true })
    await phone.button('取手机号').click()
    await phone.wechatButton('拒绝').click()
    const refusal = {
      type: 'getphonenumber',
      errMsg: 'getPhoneNumber:fail privacy permission is not authorized',
      errno: 104,
    }
    await said(phone, refusal)
    await phone.button('查隐私设置').click()
    await phone.button('取手机号').click()
    await said(phone, refusal)
  })

  it('given by a button, counts for later calls', async () => {
    const phone = await open('oAgreeing')
    await phone.button('同意隐私').click()
    await said(phone, '已同意')
    await phone.button('查隐私设置').click()
    await said(phone, { needAuthorization: false })
    await phone.button('实时取手机号').click()
    await phone.wechatButton('允许').click()
    await said(phone, { type: 'getrealtimephonenumber', errMsg: 'getRealtimePhoneNumber:ok', code: 'string' })
  })

  it('is requested by the mini-program’s listener, if it has one', async () => {
    const phone = await open('oListening')
    await phone.button('自己弹隐私窗').click()
    await phone.button('要求隐私授权').click()
    await said(phone, '请决定')
    await phone.button('不同意隐私').click()
    await said(phone, {
      errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized',
      errno: 104,
    })
    await phone.button('要求隐私授权').click()
    await said(phone, '请决定')
    await phone.button('同意隐私').click()
    await said(phone, { errMsg: 'requirePrivacyAuthorize:ok' })
  })
})

describe('the phone button', () => {
  it.each([
    ['拒绝', 'user deny', 103],
    ['Escape', 'cancel to confirm login', 104],
  ])('fails when answered by %s, and costs nothing', async (answer, message, errno) => {
    const paid = async () => (await kit.control.get('figures?days=1')).days[0]?.authorizations
    const before = await paid()
    const phone = await open(`oButton${errno}`)
    await phone.button('同意隐私').click()
    await phone.button('取手机号').click()
    if (answer === 'Escape') await phone.wechatButton('允许').press('Escape')
    else await phone.wechatButton(answer).click()
    await said(phone, { type: 'getphonenumber', errMsg: `getPhoneNumber:fail ${message}`, errno })
    expect(await paid()).toEqual(before)
  })

  it('asks for the number of another WeChat account, once the tester gives this one the same', async () => {
    await kit.control.post('phone-number', { openid: 'oFirst', phoneNumber: '+85291234567' })
    const phone = await open('oSecond')
    await phone.setting('与另一个账号同号').selectOption('oFirst · +85291234567')
    await phone.page.locator('.panel output').getByText('+85291234567').waitFor()
    await phone.button('同意隐私').click()
    await phone.button('取手机号').click()
    await phone.page.locator('.overlay').getByText('+852 912****4567').waitFor()
    await phone.wechatButton('拒绝').click()
    await phone.setting('换成').fill('none')
    await phone.panelButton('绑定').click()
    await phone.page.locator('.panel [role=alert]').getByText('只写数字').waitFor()
    await phone.setting('换成').fill('13800138000')
    await phone.panelButton('绑定').click()
    await phone.page.locator('.panel output').getByText('+8613800138000').waitFor()
    const { users } = await kit.control.get('users')
    expect(users).toContainEqual(
      expect.objectContaining({ openid: 'oSecond', purePhoneNumber: '13800138000' }),
    )
    // The browser logs the refused request.
    await phone.forgetLog()
  })

  it('shows WeChat’s toast when no quota is left', async () => {
    const phone = await open('oButton')
    await phone.button('同意隐私').click()
    await phone.setting('手机号授权').selectOption('次数用完（1400001）')
    await phone.button('取手机号').click()
    await phone.toast('使用次数已达当前小程序上限').waitFor()
    await phone.setting('手机号授权').selectOption('每次询问')
  })
})

it('chooseAvatar gives the WeChat avatar by a temporary path that an image can show', async () => {
  const phone = await open('oAvatar')
  await phone.button('选头像').click()
  await phone.wechatButton('同意').click()
  await phone.wechatButton('用微信头像').click()
  await phone.text('http://tmp/').waitFor()
  const picture = phone.top.getByRole('img', { name: '头像' }).locator('img')
  await expect.poll(() => picture.evaluate((img) => img.naturalWidth)).toBe(132)
})

describe('dialogs', () => {
  it('a modal shows markup as text', async () => {
    const phone = await open('oDialogs')
    await phone.button('对话框').click()
    const dialog = phone.page.getByRole('dialog', { name: '标题 <b>' })
    await dialog.getByText('内容 <img src=x onerror=hurt()>').waitFor()
    await phone.wechatButton('确定').click()
    await said(phone, { confirm: true, cancel: false })
    await phone.button('对话框').click()
    await phone.wechatButton('取消').click()
    await said(phone, { confirm: false, cancel: true })
  })

  it('a modal whose button has more than four characters is not shown, as WeChat says', async () => {
    const phone = await open('oDialogs')
    await phone.button('长对话框').click()
    await said(phone, {
      errMsg: 'showModal:fail cancelText length should not larger than 4 Chinese characters',
    })
    expect(await phone.page.getByRole('dialog').count()).toBe(0)
  })

  it('an action sheet answers with the index or fails', async () => {
    const phone = await open('oDialogs')
    await phone.button('操作菜单').click()
    await phone.wechatButton('乙').click()
    await said(phone, { tapIndex: 1 })
    await phone.button('操作菜单').click()
    await phone.wechatButton('取消').click()
    await said(phone, { errMsg: 'showActionSheet:fail cancel' })
  })

  it('a loading box stays until it is hidden', async () => {
    const phone = await open('oDialogs')
    await phone.button('加载中').click()
    await phone.toast('加载中').waitFor()
    await phone.toast('加载中').waitFor({ state: 'detached' })
  })
})

describe('an interface that the phone does not have', () => {
  it('fails by name for the mini-program, and is reported to the tester', async () => {
    const phone = await open('oGaps')
    await phone.button('没有的接口').click()
    await said(phone, { errMsg: 'addCard:fail wx.addCard is not implemented by this phone' })
    await phone.button('没有的同步接口').click()
    await phone.page.locator('.errors').getByText('1 个错误，1 条提示').waitFor()
    const errors = await phone.takeErrors()
    expect(errors[1]).toContain('wx.getExptInfoSync is not implemented by this phone')
    await phone.button('群资料').click()
    await phone.toast('没有实现 open-type="openGroupProfile"').waitFor()
    expect(await phone.takeErrors()).toEqual([expect.stringContaining('open-type="openGroupProfile"')])
  })
})

it('an error of the mini-program is shown and counted, and the mini-program keeps running', async () => {
  const phone = await open('oErrors')
  await phone.button('出错').click()
  await phone.page.locator('.errors').getByText('小程序自己的错误').waitFor()
  expect(await phone.takeErrors()).toHaveLength(1)
  await phone.button('存储').click()
  await said(phone, { data: { 是: [1, true, null] }, missing: '' })
})

it('network status changes are reported', async () => {
  const phone = await open('oNetwork')
  await phone.button('网络').click()
  await said(phone, { networkType: 'wifi' })
  await phone.setting('断网').check()
  await said(phone, { isConnected: false, networkType: 'none' })
})

it('each model has its own screen, and an old base library lacks newer interfaces', async () => {
  const phone = await kit.phone('oModels', '1', 'HUAWEI nova')
  await phone.text('微信能力').click()
  await phone.button('系统').click()
  const common = { windowWidth: 360, bottom: 640, platform: 'android' }
  await said(phone, { SDKVersion: '3.8.0', ...common, device: 'function', canPrivacy: true, canScan: false })
  await phone.setting('旧基础库').check()
  await phone.text('微信能力').click()
  await phone.button('系统').click()
  await said(phone, {
    SDKVersion: '2.20.3',
    ...common,
    device: 'undefined',
    canPrivacy: false,
    canScan: false,
  })
})

describe('pages', () => {
  const steps = (phone: PhonePage) => phone.top.locator('.step').allTextContents()

  it('have WeChat’s order of life cycle methods, and an undecoded query', async () => {
    const phone = await open('oPages', '生命周期')
    const loaded = 'load {"from":"%E5%BC%80%E5%A7%8B","n":"1"}'
    await expect.poll(() => steps(phone)).toEqual([loaded, 'show', 'ready'])
    await phone.button('再开一页').click()
    await expect.poll(() => steps(phone)).toEqual(['load {"n":"2"}', 'show', 'ready'])
    await phone.button('页面栈').click()
    await phone.text('start > life > life | launch pages/start/start, show').waitFor()
    await phone.back()
    await expect.poll(() => steps(phone)).toEqual([loaded, 'show', 'ready', 'hide', 'show'])
    await phone.button('换一页').click()
    await phone.button('提交').waitFor()
    await phone.back()
    await phone.text('微信能力').waitFor()
    await phone.page.getByText('存储', { exact: true }).click()
    await phone.page.locator('.panel pre', { hasText: 'unloaded' }).waitFor()
  })

  it('receive hide, show, pull-down and reach-bottom events', async () => {
    const phone = await open('oPages', '生命周期')
    await phone.page.getByRole('button', { name: '关闭' }).click()
    await phone.page.getByRole('button', { name: '小程序在后台运行' }).click()
    await phone.panelButton('下拉刷新').click()
    await phone.top.evaluate((layer) => layer.scrollTo(0, 1e6))
    await expect
      .poll(async () => (await steps(phone)).slice(3))
      .toEqual(['hide', 'show', 'refresh', 'bottom'])
  })

  it('change their navigation bar', async () => {
    const phone = await open('oPages')
    await phone.button('改标题').click()
    await expect.poll(() => phone.title()).toBe('新标题')
    await phone.back()
    await expect.poll(() => phone.title()).toBe('组件')
  })
})
