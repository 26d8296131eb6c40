import { afterEach, describe, expect, it } from 'vitest'
import { component, page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'
import { buildPhone } from '../build.ts'
import type { Diagnostic } from '../program/diagnostic.ts'

let program: WrittenMiniProgram | undefined
afterEach(() => program?.remove())

type Files = Record<string, string | object>

const SUBPACKAGES = [
  { root: 'shop', pages: ['s/s'] },
  { root: 'news', name: 'reading', pages: ['n/n'] },
  { root: 'alone', pages: ['a/a'], independent: true },
]
const PAGES: Files = {
  ...page('pages/start/start', {}),
  ...page('shop/s/s', {}),
  ...page('news/n/n', {}),
  ...page('alone/a/a', {}),
}

/** app.json with one field a line. */
const appJson = (fields: object) =>
  JSON.stringify({ pages: ['pages/start/start'], subpackages: SUBPACKAGES, ...fields }, null, 1)

async function errorsOf(files: Files): Promise<Diagnostic[]> {
  program = new WrittenMiniProgram({ 'app.json': appJson({}), ...PAGES, ...files })
  return (await buildPhone(program.directory)).errors
}

/** The line of a text in app.json. */
const lineIn = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

describe('preloadRule', () => {
  it('accepts pages of any package, and packages by root, by name and as __APP__', async () => {
    const preloadRule = {
      'pages/start/start': { network: 'all', packages: ['shop', 'reading', 'alone/'] },
      'shop/s/s': { packages: ['news'] },
      'alone/a/a': { network: 'wifi', packages: ['__APP__'] },
    }
    expect(await errorsOf({ 'app.json': appJson({ preloadRule }) })).toEqual([])
  })

  it.each([
    [
      'a page that does not exist',
      { 'pages/no/no': { packages: ['shop'] } },
      'pages/no/no',
      '页面路径 未找到',
    ],
    ['an unknown package', { 'shop/s/s': { packages: ['stop'] } }, '"stop"', 'stop 未找到'],
    [
      'an unknown network',
      { 'shop/s/s': { packages: ['news'], network: '4g' } },
      '"shop/s/s"',
      'all 或 wifi',
    ],
    ['a rule without packages', { 'shop/s/s': { network: 'all' } }, '"shop/s/s"', 'packages 应为'],
    ['a rule that is no object', ['shop'], 'preloadRule', '应为 object'],
  ])('rejects %s, by line', async (_title, preloadRule, place, message) => {
    const text = appJson({ preloadRule })
    const errors = await errorsOf({ 'app.json': text })
    expect(errors).toEqual([
      { file: 'app.json', line: lineIn(text, place), message: expect.stringContaining(message) },
    ])
  })

  it('notes pages that together preload more than 2 MB', async () => {
    const preloadRule = { 'pages/start/start': { packages: ['shop', 'news'] } }
    program = new WrittenMiniProgram({
      'app.json': appJson({ preloadRule }),
      ...PAGES,
      'shop/large.txt': 'x'.repeat(1.5 * 1024 * 1024),
      'news/large.txt': 'x'.repeat(1024 * 1024),
    })
    const { errors, script } = await buildPhone(program.directory)
    expect(errors).toEqual([])
    expect(script).toContain('主包的页面一共预下载 2.5 MB')
  })
})

describe('subpackages', () => {
  it.each([
    ['a root that does not exist', { subpackages: [{ root: 'gone', pages: [] }] }, 'gone/'],
    [
      'a root inside another root',
      {
        subpackages: [
          { root: 'shop', pages: ['s/s'] },
          { root: 'shop/s', pages: [] },
        ],
      },
      '分包 shop/s/ 不能在分包 shop/ 的目录里',
    ],
    ['a page of the main package in a root', { pages: ['shop/s/s'] }, 'shop/s/s 不能在分包 shop/'],
    [
      'a tab page in a subpackage',
      { tabBar: { list: [{ pagePath: 'shop/s/s', text: '商店' }] } },
      'tabBar 的页面 shop/s/s 必须在主包里',
    ],
  ])('reject %s', async (_title, fields, message) => {
    const [error] = await errorsOf({ 'app.json': appJson(fields) })
    expect(error).toMatchObject({ file: 'app.json', message: expect.stringContaining(message) })
    expect(error?.line).toBeGreaterThan(0)
  })
})

describe('references between packages', () => {
  const shared = { 'u/u.js': 'module.exports = 1', 'shop/u.js': 'module.exports = 1', 'news/u.js': '' }

  it('allow a subpackage its own files and those of the main package', async () => {
    const js = "require('../u'); require('/u/u.js'); Page({})"
    expect(await errorsOf({ ...shared, ...page('shop/s/s', { js }) })).toEqual([])
  })

  it.each([
    [
      'the main package a subpackage',
      'pages/start/start',
      '../../shop/u',
      '主包 不能引用分包 shop/ 的 shop/u.js',
    ],
    ['a subpackage another one', 'shop/s/s', '/news/u.js', '分包 shop/ 不能引用分包 news/ 的 news/u.js'],
    [
      'an independent subpackage the main package',
      'alone/a/a',
      '../../u/u',
      '独立分包 alone/ 不能引用主包的 u/u.js',
    ],
  ])('forbid %s, by file and line', async (_title, path, reference, message) => {
    const files = { ...shared, ...page(path, { js: `Page({})\nrequire('${reference}')` }) }
    expect(await errorsOf(files)).toEqual([
      { file: `${path}.js`, line: 2, message: expect.stringContaining(message) },
    ])
  })

  it('forbid it to a script that pages share', async () => {
    const files = {
      ...shared,
      'u/u.js': "require('../shop/u')",
      ...page('news/n/n', { js: "require('/u/u')" }),
    }
    expect(await errorsOf(files)).toEqual([
      { file: 'u/u.js', line: 1, message: expect.stringContaining('主包 不能引用分包 shop/') },
    ])
  })

  it('allow `import type` into a subpackage: the compiler removes it', async () => {
    const { [`pages/start/start.js`]: _, ...files } = page('pages/start/start', {})
    const ts = "import type { A } from '../../shop/a'\nPage({ a: 1 as A })"
    const errors = await errorsOf({ ...files, 'pages/start/start.ts': ts, 'shop/a.ts': 'export type A = 1' })
    expect(errors).toEqual([])
  })

  it('forbid a component of another package, unless it has a placeholder', async () => {
    const usingComponents = { c: '/shop/c' }
    const using = (json: object) => ({
      ...component('shop/c', {}),
      ...page('pages/start/start', { wxml: '<c />', json }),
    })
    expect(await errorsOf(using({ usingComponents }))).toEqual([
      {
        file: 'pages/start/start.json',
        line: 1,
        message: expect.stringContaining('<c>：主包 不能引用分包 shop/'),
      },
    ])
    program?.remove()
    expect(await errorsOf(using({ usingComponents, componentPlaceholder: { c: 'view' } }))).toEqual([])
  })

  it.each([
    ['a style sheet', { wxss: '\n@import "/shop/a.wxss";' }, 'pages/start/start.wxss'],
    ['a template', { wxml: '<import src="/shop/a.wxml" />' }, 'pages/start/start.wxml'],
    ['WXS', { wxml: '<wxs src="/shop/a.wxs" module="m" />' }, 'pages/start/start.wxml'],
  ])('forbid %s of another package', async (_title, files, file) => {
    const targets = { 'shop/a.wxss': '', 'shop/a.wxml': '<template name="a" />', 'shop/a.wxs': '' }
    expect(await errorsOf({ ...targets, ...page('pages/start/start', files) })).toEqual([
      expect.objectContaining({ file, message: expect.stringContaining('主包 不能引用分包 shop/') }),
    ])
  })
})
