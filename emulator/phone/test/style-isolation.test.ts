import { expect, it } from 'vitest'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page } from '../../testing/phone/written-mini-program.ts'

const PAGES = ['plain', 'isolated', 'apply', 'shared', 'script'] as const
const path = (name: string) => `pages/${name}/${name}`
const usingComponents = { takes: '/parts/takes', gives: '/parts/gives', own: '/parts/own' }
const styleIsolation = (value: string) => ({ json: { usingComponents, styleIsolation: value } })
const OPTIONS = "Component({ options: { styleIsolation: 'page-isolated' } })"

/** The app sets the border by class and the indent by tag, each page the height, the sharing component the opacity. */
const styledPage = (name: string, more: Record<string, string | object>) =>
  page(path(name), {
    wxml: `<view class="box" id="${name}">${name}</view><takes /><gives /><own />`,
    wxss: '.box { line-height: 40px } page { padding-top: 7px }',
    ...more,
  })

const app = useMiniProgram({
  'app.json': {
    pages: [...PAGES.map(path), 'pages/mine/mine'],
    subpackages: [{ root: 'more', pages: ['pages/far/far'] }],
    tabBar: {
      list: [
        { pagePath: path('plain'), text: '首页' },
        { pagePath: 'pages/mine/mine', text: '我的' },
      ],
    },
  },
  'app.wxss': '.box { border-left: 3px solid } view { text-indent: 5px }',
  ...styledPage('plain', { json: { usingComponents } }),
  ...styledPage('isolated', styleIsolation('page-isolated')),
  ...styledPage('apply', styleIsolation('page-apply-shared')),
  ...styledPage('shared', styleIsolation('page-shared')),
  ...styledPage('script', { json: { usingComponents }, js: OPTIONS }),
  ...component('parts/takes', {
    wxml: '<view class="box">takes</view>',
    json: { styleIsolation: 'apply-shared' },
  }),
  ...component('parts/gives', {
    wxml: '<view class="box">gives</view>',
    wxss: '.box { opacity: 0.5 }',
    json: { styleIsolation: 'shared' },
  }),
  ...component('parts/own', { wxml: '<view class="box">own</view>' }),
  ...page('pages/mine/mine', {
    wxml: '<mine />',
    json: { usingComponents: { mine: '/more/parts/mine' }, componentPlaceholder: { mine: 'view' } },
  }),
  ...page('more/pages/far/far', {}),
  ...component('more/parts/mine', {
    wxml: '<view>{{seen}}</view>',
    js: `Component({
      data: { seen: '' },
      attached() { this.setData({ seen: 'attached' }) },
      pageLifetimes: { show() { this.setData({ seen: this.data.seen + ' show' }) } },
    })`,
  }),
})

it('styleIsolation of a page says which styles reach it, and which of its own reach components', async () => {
  const phone = await app.kit.phone('oIsolated')
  const seen: Record<string, string> = {}
  for (const name of PAGES) {
    await phone.text('takes').waitFor()
    await phone.run(
      (url) => (globalThis as unknown as { wx: { reLaunch(o: object): void } }).wx.reLaunch({ url }),
      `/${path(name)}`,
    )
    await phone.top.getByText(name, { exact: true }).waitFor()
    for (const text of [name, 'takes', 'gives', 'own']) {
      const [border, indent, height, opacity] = await phone.top
        .getByText(text, { exact: true })
        .evaluate((element) => {
          const style = element.ownerDocument.defaultView?.getComputedStyle(element)
          return [style?.borderLeftWidth, style?.textIndent, style?.lineHeight, style?.opacity]
        })
      const reached = [
        ...(border === '3px' ? ['app'] : []),
        ...(indent === '5px' ? ['tag'] : []),
        ...(height === '40px' ? ['page'] : []),
        ...(opacity === '0.5' ? ['gives'] : []),
      ]
      seen[`${name}: ${text === name ? 'page' : text}`] = reached.join(' ')
    }
  }
  expect(seen).toEqual({
    'plain: page': 'app tag page gives',
    'plain: takes': 'app tag page gives',
    'plain: gives': 'app tag page gives',
    'plain: own': 'tag',
    'isolated: page': 'page',
    'isolated: takes': 'gives',
    'isolated: gives': 'gives',
    'isolated: own': '',
    'apply: page': 'page gives',
    'apply: takes': 'gives',
    'apply: gives': 'gives',
    'apply: own': '',
    'shared: page': 'page gives',
    'shared: takes': 'page gives',
    'shared: gives': 'page gives',
    'shared: own': '',
    'script: page': 'page',
    'script: takes': 'gives',
    'script: gives': 'gives',
    'script: own': '',
  })
})

it('a tab page shows a component of a subpackage, which hears of each time that the page is shown', async () => {
  const phone = await app.kit.phone('oTab')
  const tab = (name: string) => phone.page.locator('.tab-bar').getByText(name, { exact: true })
  await tab('我的').click()
  await phone.text('attached show').waitFor()
  await tab('首页').click()
  await phone.text('takes').waitFor()
  await tab('我的').click()
  await phone.text('attached show show').waitFor()
})
