import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const COMPONENTS = 50
const PAGES_PER_PACKAGE = 35

/**
 * Writes a mini-program of a large app's kind: pages in subpackages, each with a list, a form, its own styles and script,
 * some of 50 components, and shared scripts.
 */
export function generateMiniProgram(directory: string, pageCount: number): void {
  const write = (file: string, content: string | object) => {
    const path = join(directory, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  const pages = Array.from({ length: pageCount }, (_, index) => pageOf(index))
  const packages = new Map<string, typeof pages>()
  for (const page of pages) packages.set(page.root, [...(packages.get(page.root) ?? []), page])
  write('app.js', "const { format } = require('./shared/format0')\nApp({ globalData: { format } })")
  write('app.wxss', sheet('app'))
  write('app.json', {
    pages: (packages.get('') ?? []).map(({ path }) => path),
    subpackages: [...packages]
      .filter(([root]) => root !== '')
      .map(([root, list]) => ({ root, pages: list.map(({ path }) => path.slice(root.length + 1)) })),
  })
  for (let index = 0; index < 20; index += 1) write(`shared/format${index}.js`, shared(index))
  for (let index = 0; index < COMPONENTS; index += 1) {
    const path = `components/part${index}/part${index}`
    write(`${path}.json`, { component: true })
    write(`${path}.wxml`, `<view class="box" bindtap="choose">{{label}}<slot /></view>`)
    write(`${path}.wxss`, sheet('box'))
    write(`${path}.js`, component(index))
  }
  for (const [index, { path }] of pages.entries()) {
    const used = [0, 1, 2].map((step) => (index * 3 + step) % COMPONENTS)
    const tags = used.map((part) => [`part-${part}`, `/components/part${part}/part${part}`])
    write(`${path}.json`, {
      navigationBarTitleText: `第 ${index} 页`,
      usingComponents: Object.fromEntries(tags),
    })
    write(`${path}.wxml`, template(index, used))
    write(`${path}.wxss`, sheet(`page${index}`))
    write(`${path}.js`, script(index))
  }
}

function pageOf(index: number): { root: string; path: string } {
  const part = Math.floor(index / PAGES_PER_PACKAGE)
  const root = part === 0 ? '' : `package${part}`
  return { root, path: `${root === '' ? 'pages' : root}/page${index}/page${index}` }
}

function template(index: number, parts: readonly number[]): string {
  const fields = Array.from(
    { length: 8 },
    (_, field) => `  <view class="row {{active === ${field} ? 'active' : ''}}">
    <text class="label">字段 ${field}</text>
    <input value="{{form.field${field}}}" placeholder="请输入" data-name="field${field}" bindinput="change" />
  </view>`,
  )
  const used = parts.map(
    (part) => `  <part-${part} label="{{title}} ${part}" bind:choose="choose">内容</part-${part}>`,
  )
  return `<view class="page${index}">
  <view class="title">第 ${index} 页：{{title}}</view>
  <view wx:for="{{list}}" wx:key="id" class="item" data-id="{{item.id}}" bindtap="open">
    <text class="name">{{item.name}}</text>
    <text wx:if="{{item.price > 0}}">{{item.price}} 元</text>
    <text wx:else>免费</text>
  </view>
${[...fields, ...used].join('\n')}
  <button type="primary" disabled="{{!isReady}}" bindtap="save">保存</button>
</view>
`
}

function script(index: number): string {
  const fields = Array.from({ length: 8 }, (_, field) => `field${field}: ''`).join(', ')
  const handlers = Array.from(
    { length: 12 },
    (_, step) => `  async step${step}(event) {
    const { id = ${step} } = event?.currentTarget?.dataset ?? {}
    const found = this.data.list.find((item) => item.id === id)
    if (!found) return undefined
    return { ...found, label: format(found.price * ${step}) }
  },`,
  )
  return `import { format } from '/shared/format${index % 20}'

Page({
  data: { title: '标题', list: [{ id: 1, name: '一', price: 2 }, { id: 2, name: '二', price: 0 }], form: { ${fields} }, active: 0, isReady: true },
  change({ detail, currentTarget }) {
    this.setData({ ['form.' + currentTarget.dataset.name]: detail.value })
  },
  choose() {},
  open() {},
  save() {},
${handlers.join('\n')}
})
`
}

function component(index: number): string {
  return `const { format } = require('../../shared/format${index % 20}')
Component({
  properties: { label: { type: String, value: '' } },
  methods: { choose() { this.triggerEvent('choose', { price: format(${index}) }) } },
})
`
}

function shared(index: number): string {
  return `exports.format = (value) => (value / 100).toFixed(2) + '${index}'\n`
}

function sheet(name: string): string {
  const rules = Array.from(
    { length: 15 },
    (_, rule) =>
      `.${name} .row${rule}, .${name}-${rule} > text { padding: ${rule}rpx 24rpx; color: #33${rule % 10}; }`,
  )
  return `.${name} { display: flex; flex-direction: column; }\n${rules.join('\n')}\n`
}
