import { describe, expect, it } from 'vitest'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

/** Pages with one error each, and a part of the message on the page and in the panel. */
const BROKEN: Readonly<Record<string, { files: Record<string, string | object>; says: string }>> = {
  script: { files: page('pages/script/script', { js: "throw new Error('顶层')" }), says: '顶层' },
  syntax: {
    files: page('pages/syntax/syntax', { js: 'Page({\n data: {,}\n})' }),
    says: 'pages/syntax/syntax.js:2',
  },
  unregistered: {
    files: page('pages/unregistered/unregistered', { js: 'const a = 1' }),
    says: '没有调用 Page()',
  },
  module: {
    files: page('pages/module/module', { js: "const a = require('./nowhere')\nPage({ a })" }),
    says: 'pages/module/module.js:1',
  },
  shared: {
    files: {
      ...page('pages/shared/shared', { js: "require('../../u/broken')\nPage({})" }),
      'u/broken.js': 'let = ;',
    },
    says: 'u/broken.js:1',
  },
  wxml: {
    files: page('pages/wxml/wxml', { wxml: '<view>\n{{a +}}</view>' }),
    says: 'pages/wxml/wxml.wxml:2',
  },
  json: {
    files: page('pages/json/json', { json: '{ "usingComponents": {,} }' }),
    says: 'pages/json/json.json',
  },
  wxs: {
    files: page('pages/wxs/wxs', { wxml: '<wxs module="m">nowhere()</wxs><view>{{m.a}}</view>' }),
    says: 'nowhere is not defined',
  },
  wxssyntax: {
    files: page('pages/wxssyntax/wxssyntax', { wxml: '<wxs module="m">\nvar = 1</wxs><view>{{m.a}}</view>' }),
    says: 'pages/wxssyntax/wxssyntax.wxml:2',
  },
  wxsfile: {
    files: {
      ...page('pages/wxsfile/wxsfile', { wxml: '<wxs src="a.wxs" module="m" />{{m.a}}' }),
      'pages/wxsfile/a.wxs': 'var = 1',
    },
    says: 'pages/wxsfile/a.wxs:1',
  },
  wxsmissing: {
    files: page('pages/wxsmissing/wxsmissing', { wxml: '<wxs src="no.wxs" module="m" />{{m.a}}' }),
    says: 'pages/wxsmissing/no.wxs 不存在',
  },
  wxsrequire: {
    files: page('pages/wxsrequire/wxsrequire', { wxml: "<wxs module='m'>require('./no.wxs')</wxs>{{m.a}}" }),
    says: 'pages/wxsrequire/no.wxs 不存在',
  },
  render: {
    files: page('pages/render/render', {
      wxml: '<wxs module="m">module.exports = { f: function (x) { return x.y.z } }</wxs><view>{{m.f(1)}}</view>',
    }),
    says: 'pages/render/render',
  },
}

/** Pages that run in spite of their error; only the panel shows it. */
const RUNNING: Readonly<Record<string, { files: Record<string, string | object>; says: string[] }>> = {
  onload: {
    files: page('pages/onload/onload', {
      wxml: '<view>还在</view>',
      js: "Page({ onLoad() { throw new Error('载入') } })",
    }),
    says: ['pages/onload/onload onLoad', '载入'],
  },
  onshow: {
    files: page('pages/onshow/onshow', {
      wxml: '还在',
      js: "Page({ async onShow() { throw new Error('显示') } })",
    }),
    says: ['pages/onshow/onshow onShow', '显示'],
  },
  timer: {
    files: page('pages/timer/timer', {
      wxml: '还在',
      js: "Page({\n  onLoad() {\n    setTimeout(() => { throw new Error('定时') })\n  } })",
    }),
    says: ['定时', 'pages/timer/timer.js:3'],
  },
  rejection: {
    files: page('pages/rejection/rejection', {
      wxml: '还在',
      js: "Page({\n  onLoad() {\n    Promise.resolve().then(() => {\n      throw new Error('承诺') })\n  } })",
    }),
    says: ['未处理的 Promise', '承诺', 'pages/rejection/rejection.js:4'],
  },
  lifetimes: {
    files: {
      ...page('pages/lifetimes/lifetimes', {
        wxml: '还在<c />',
        json: { usingComponents: { c: '/c/attached' } },
      }),
      ...component('c/attached', {
        js: "Component({ lifetimes: { attached() { throw new Error('挂载') } } })",
      }),
    },
    says: ['c/attached', '挂载'],
  },
  wxss: {
    files: page('pages/wxss/wxss', { wxml: '还在', wxss: '.a {}\n.b[ { color: red }' }),
    says: ['pages/wxss/wxss.wxss:2'],
  },
  missing: {
    files: page('pages/missing/missing', {
      wxml: '还在<c />',
      json: { usingComponents: { c: 'no/where' } },
    }),
    says: ['pages/missing/missing.json:1', 'pages/missing/no/where.wxml 不存在'],
  },
  included: {
    files: page('pages/included/included', {
      wxml: '还在\n<include src="no.wxml" /><import src="/no/no" />',
    }),
    says: ['pages/included/included.wxml:2 pages/included/no.wxml 不存在', 'no/no.wxml 不存在'],
  },
  noscript: {
    files: { 'pages/noscript/noscript.wxml': '还在' },
    says: ['pages/noscript/noscript.js 文件不存在'],
  },
  component: {
    files: {
      ...page('pages/component/component', {
        wxml: '还在<c />',
        json: { usingComponents: { c: '/c/throws' } },
      }),
      ...component('c/throws', { js: "throw new Error('组件脚本')" }),
    },
    says: ['c/throws', '组件脚本'],
  },
}

const names = [...Object.keys(BROKEN), ...Object.keys(RUNNING)]
const links = names.map((name) => `<navigator url="/pages/${name}/${name}">去 ${name} 页</navigator>`)
const app = useMiniProgram({
  'app.json': {
    pages: ['pages/start/start', ...names.map((name) => `pages/${name}/${name}`), 'pages/good/good'],
  },
  ...page('pages/start/start', {
    wxml: `${links.join('')}<navigator url="/pages/good/good">去好的页</navigator>`,
  }),
  ...page('pages/good/good', { wxml: '<view>好的页面</view>' }),
  ...Object.assign({}, ...Object.values({ ...BROKEN, ...RUNNING }).map(({ files }) => files)),
})

async function open(name: string): Promise<PhonePage> {
  const phone = await app.kit.phone('oAuthor')
  await phone.text(`去 ${name} 页`).click()
  return phone
}

/** Goes back: the page below still works, and other pages open. */
async function openGoodPage(phone: PhonePage): Promise<void> {
  await phone.back()
  await phone.text('去好的页').click()
  await phone.text('好的页面').waitFor()
}

describe('a page that cannot run shows its error, and other pages run', () => {
  it.each(Object.entries(BROKEN))('%s', async (name, { says }) => {
    const phone = await open(name)
    await phone.top.getByRole('alert').getByText(says).first().waitFor()
    expect(await phone.screen.locator('.phone').count()).toBe(0)
    await openGoodPage(phone)
    expect((await phone.takeErrors()).join('\n')).toContain(says)
  })
})

describe('a page that can run does, and the panel shows its error with file and line', () => {
  it.each(Object.entries(RUNNING))('%s', async (name, { says }) => {
    const phone = await open(name)
    await phone.text('还在').waitFor()
    await openGoodPage(phone)
    for (const part of says)
      await expect.poll(async () => (await phone.allErrors()).join('\n')).toContain(part)
    await phone.takeErrors()
  })
})

it('lists each error of the compiler once', async () => {
  const phone = await app.kit.phone('oAuthor')
  await phone.text('去好的页').waitFor()
  const errors = await phone.takeErrors()
  expect(new Set(errors).size).toBe(errors.length)
  expect(errors.filter((error) => error.includes('pages/syntax/syntax.js:2'))).toHaveLength(1)
})

it('runs the pages when the script of the app throws', async () => {
  const broken = new WrittenMiniProgram({
    'app.js': "throw new Error('应用脚本')",
    ...page('pages/start/start', { wxml: '<view>页面还在</view>' }),
  })
  const other = await PhoneKit.start(broken.directory)
  try {
    const phone = await other.phone('oAuthor')
    await phone.text('页面还在').waitFor()
    expect((await phone.takeErrors()).join()).toContain('应用脚本')
    await other.finish()
  } finally {
    await other.stop()
    broken.remove()
  }
})

it.each(['/phone/nowhere', '/phone/assets/nowhere.png', '/phone/assets/', '/phone/script', '/phone/'])(
  'answers 404 for %s',
  async (path) => {
    const { origin } = new URL(app.kit.cloud.controlUrl)
    expect((await fetch(origin + path)).status).toBe(404)
  },
)
