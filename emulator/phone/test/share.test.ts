import { describe, expect, it } from 'vitest'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { page } from '../../testing/phone/written-mini-program.ts'

const tab = (pagePath: string, text: string) => ({ pagePath, text })

const app = useMiniProgram({
  'app.js': `App({
    seen: [],
    onLaunch({ path, scene }) { this.seen.push('launch ' + path + ' ' + scene) },
    onShow({ path, scene, query }) { this.seen.push('show ' + path + ' ' + scene + ' ' + JSON.stringify(query)) },
    onPageNotFound({ path }) { this.seen.push('missing ' + path) },
  })`,
  'app.json': {
    pages: ['pages/start/start', 'pages/mine/mine', 'pages/goods/goods'],
    tabBar: { list: [tab('pages/start/start', '首页'), tab('pages/mine/mine', '我的')] },
  },
  ...page('pages/start/start', { wxml: '<navigator url="/pages/goods/goods?id=7">商品</navigator>' }),
  ...page('pages/mine/mine', { wxml: '我的页面' }),
  ...page('pages/goods/goods', {
    wxml: `商品 {{id}} {{seen}}<button bindtap="see">看看</button><button open-type="share">转发</button>`,
    js: `Page({
      data: { id: '', seen: '' },
      onLoad({ id }) { this.setData({ id }) },
      see() { this.setData({ seen: getApp().seen.join(', ') }) },
      onShareAppMessage({ from }) { return { title: from + ' 分享', path: '/pages/goods/goods?id=8' } },
      onShareTimeline() { return { title: '朋友圈', query: 'id=9' } },
      onAddToFavorites() { return { title: '收藏' } },
    })`,
  }),
})

async function openGoods(openid: string): Promise<PhonePage> {
  const phone = await app.kit.phone(openid)
  await phone.text('商品').click()
  await phone.text('商品 7').waitFor()
  return phone
}

const seen = async (phone: PhonePage) => {
  await phone.button('看看').click()
  return phone.top.innerText()
}
const menu = async (phone: PhonePage, item: string) => {
  await phone.page.getByRole('button', { name: '更多', exact: true }).click()
  await phone.wechatButton(item).click()
}

describe('a card', () => {
  it('of a button opens its page from the background, with its query and scene', async () => {
    const phone = await openGoods('oSharing')
    await phone.button('转发').click()
    await phone.page.getByRole('dialog', { name: '转发：button 分享' }).waitFor()
    await phone.wechatButton('打开卡片').click()
    await phone.text('商品 8').waitFor()
    expect(await seen(phone)).toContain('show pages/goods/goods 1007 {"id":"8"}')
  })

  it('of the menu starts the mini-program again, and another user’s phone has it, too', async () => {
    const phone = await openGoods('oSharing')
    await menu(phone, '转发给朋友')
    await phone.wechatButton('冷启动打开（场景 1007）').click()
    await phone.text('商品 8').waitFor()
    expect(await seen(phone)).toContain('launch pages/goods/goods 1007, show pages/goods/goods 1007')
    const other = await app.kit.phone('oFriend')
    await other.panelButton('menu 分享 · oSharing').first().click()
    await other.text('商品 8').waitFor()
    await menu(phone, '分享到朋友圈')
    await phone.wechatButton('冷启动打开（场景 1155）').click()
    await phone.text('商品 9').waitFor()
    await menu(phone, '收藏')
    await phone.wechatButton('打开卡片').click()
    await phone.text('商品 9').waitFor()
    expect(await seen(phone)).toContain('show pages/goods/goods 1010')
  })

  it('opened in a group chat brings a ticket if its page has asked for it, and then the group is known', async () => {
    const group = (phone: PhonePage) =>
      phone.run(async () => {
        const { wx } = globalThis as unknown as {
          wx: Record<'getGroupEnterInfo' | 'getShareInfo', (values: object) => Promise<object>> & {
            getEnterOptionsSync(): { shareTicket?: string; chatType?: number }
          }
        }
        const { shareTicket, chatType } = wx.getEnterOptionsSync()
        const ask = (name: 'getGroupEnterInfo' | 'getShareInfo', values: object) =>
          wx[name](values).catch((error: object) => error)
        return [chatType, await ask('getGroupEnterInfo', {}), await ask('getShareInfo', { shareTicket })]
      })
    const phone = await openGoods('oGrouped')
    expect(await group(phone)).toEqual([
      undefined,
      { errMsg: 'getGroupEnterInfo:fail invalid scene', errCode: 40097 },
      { errMsg: 'getShareInfo:fail invalid shareTicket' },
    ])
    await phone.button('转发').click()
    await phone.wechatButton('在群聊里打开（场景 1008）').click()
    await phone.text('商品 8').waitFor()
    const known = { encryptedData: 'AAAA', iv: 'AAAA', cloudID: expect.any(String) }
    expect(await group(phone)).toEqual([
      3,
      { errMsg: 'getGroupEnterInfo:ok', ...known },
      { errMsg: 'getShareInfo:fail invalid shareTicket' },
    ])
    await phone.run(() => {
      const { wx } = globalThis as unknown as { wx: { showShareMenu(values: object): Promise<object> } }
      return wx.showShareMenu({ withShareTicket: true })
    })
    await phone.button('转发').click()
    await phone.wechatButton('在群聊里打开（场景 1044）').click()
    await phone.text('商品 8').waitFor()
    await expect
      .poll(() => group(phone))
      .toEqual([3, { errMsg: 'getGroupEnterInfo:ok', ...known }, { errMsg: 'getShareInfo:ok', ...known }])
  })

  it('cannot be made on a page without onShareAppMessage, or after hideShareMenu', async () => {
    const phone = await app.kit.phone('oHiding')
    const items = async () => {
      await phone.page.getByRole('button', { name: '更多', exact: true }).click()
      const names = await phone.page.locator('.overlay .action').allTextContents()
      await phone.wechatButton('取消').click()
      return names
    }
    await phone.text('商品').waitFor()
    expect(await items()).not.toContain('转发给朋友')
    await phone.text('商品').click()
    expect(await items()).toContain('转发给朋友')
    await phone.screen.locator('body').evaluate(() => {
      const { wx } = globalThis as unknown as { wx: { hideShareMenu(): Promise<void> } }
      return wx.hideShareMenu()
    })
    expect(await items()).not.toContain('转发给朋友')
  })
})

describe('a launch', () => {
  it('takes page and scene from the address, or from the panel', async () => {
    const phone = await app.kit.phone('oLaunching')
    const address = new URL(phone.page.url())
    address.searchParams.set('path', 'pages/goods/goods?id=5')
    address.searchParams.set('scene', '1047')
    await phone.page.goto(address.href)
    await phone.text('商品 5').waitFor()
    expect(await seen(phone)).toContain('launch pages/goods/goods 1047')
    address.search = '?openid=oLaunching'
    await phone.page.goto(address.href)
    await phone.setting('启动页面').fill('pages/goods/goods?id=6')
    await phone.setting('场景').selectOption('1011 扫二维码')
    await phone.panelButton('这样启动').click()
    await phone.text('商品 6').waitFor()
    await phone.page.reload()
    await phone.text('商品 6').waitFor()
    expect(await seen(phone)).toContain('launch pages/goods/goods 1011')
    await phone.panelButton('清除数据并重启').click()
  })

  it('of a page that does not exist calls onPageNotFound, and opens the entry page', async () => {
    const phone = await app.kit.phone('oLost')
    await phone.page.goto(`${phone.page.url()}&path=${encodeURIComponent('pages/no/no?a=1')}`)
    await phone.text('商品').click()
    expect(await seen(phone)).toContain('missing pages/no/no')
    expect((await phone.takeErrors()).join()).toContain('启动页面 pages/no/no 不存在')
  })
})

it('the tab bar changes its items, style and marks, and hides', async () => {
  const phone = await app.kit.phone('oTabs')
  await phone.text('商品').waitFor()
  const bar = phone.page.locator('.tab-bar')
  const change = (name: string, options: object = {}) =>
    phone.screen.locator('body').evaluate(
      (_, [method, values]) => {
        const { wx } = globalThis as unknown as { wx: Record<string, (values: object) => Promise<object>> }
        return wx[method]?.(values).catch((error: object) => error)
      },
      [name, options] as const,
    )
  await change('setTabBarItem', { index: 1, text: '账户' })
  await change('setTabBarBadge', { index: 1, text: '3' })
  await change('showTabBarRedDot', { index: 0 })
  await change('setTabBarStyle', { selectedColor: '#ff0000' })
  await expect.poll(() => bar.getByRole('button').allTextContents()).toEqual(['首页', '账户3'])
  expect(await bar.getByRole('img', { name: '红点' }).count()).toBe(1)
  expect(await bar.getByRole('button', { name: '首页' }).getAttribute('style')).toContain('#ff0000')
  await change('removeTabBarBadge', { index: 1 })
  await expect.poll(() => bar.getByRole('button').allTextContents()).toEqual(['首页', '账户'])
  await change('hideTabBar')
  await expect.poll(() => bar.isVisible()).toBe(false)
  expect(await change('setTabBarBadge', { index: 5, text: '1' })).toEqual({
    errMsg: 'setTabBarBadge:fail tabbar item not found',
  })
  await phone.text('商品').click()
  expect(await change('showTabBar')).toEqual({ errMsg: 'showTabBar:fail not TabBar page' })
})
