import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FIXTURE } from '../../testing/phone/phone-kit.ts'
import { type BuiltPhone, buildPhone, PhoneBuilder } from '../build.ts'
import { type StyleOwner, translateSelector } from '../compile/selectors.ts'
import { translateLengths } from '../program/rpx.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
  cpSync(FIXTURE, directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const write = (file: string, text: string) => writeFileSync(join(directory, file), text)
const versionOf = ({ html }: BuiltPhone) => /phone-version" content="(\w+)"/.exec(html)?.[1]

describe('an error of the mini-program is returned with file and line, not thrown', () => {
  it.each([
    ['pages/form/form.wxml', '<view>\n<text>{{a +}}</text></view>', 2],
    ['pages/form/form.ts', 'Page({\n  data: {,}\n})', 2],
    ['pages/form/form.wxss', '.a {}\n.b { color: red', 2],
    ['pages/form/form.wxss', '.a {}\n.b[ { color: red }', 2],
    ['pages/form/form.json', '{\n  "usingComponents": {,} }', 2],
    ['pages/form/form.ts', "import { a } from './nowhere'\nPage({ a })", 1],
    ['app.json', '{ "pages": [] }', undefined],
  ])('%s: %j', async (file, text, line) => {
    write(file, text)
    const { errors, html } = await buildPhone(directory)
    expect(errors).toEqual([expect.objectContaining({ file, ...(line === undefined ? {} : { line }) })])
    expect(html).toContain('/phone/script.js')
  })

  it('for a page or a folder that does not exist', async () => {
    write('app.json', '{ "pages": ["pages/form/form", "pages/nowhere/nowhere"] }')
    expect((await buildPhone(directory)).errors).toEqual([
      { file: 'app.json', message: 'pages/nowhere/nowhere.wxml 不存在' },
    ])
    const { errors } = await buildPhone(join(directory, 'nothing'))
    expect(errors[0]).toEqual({ file: 'app.json', message: '文件不存在' })
  })
})

it.each([
  ['pages/form/form.wxss', '.a {}\n@import "nowhere.wxss";', 2],
  ['pages/form/form.wxss', '.a {}\n// .b\n.c {}', 2],
  ['pages/form/form.wxss', '.a {}\n.b { background: url("/images/dot.svg") }', 2],
  ['pages/form/form.ts', 'const a = 1\nfunction b() { a = 2 }\nPage({ b })', 2],
  ['pages/form/form.ts', 'Page({ a() { return require("./no") } })', 1],
  ['pages/form/form.ts', "\ntry { require('./no') } catch {}\nPage({})", 2],
  ['pages/form/form.ts', 'Page({ a: 010 })', 1],
  ['pages/form/form.json', '{\n  // a comment\n  "usingComponents": {} }', 2],
  ['pages/form/form.json', '{\n  "usingComponents": { "a": "./nowhere" } }', 2],
  ['pages/form/form.json', '{ "usingComponents": {},\n "navigationBarTitle": "a" }', 2],
  ['pages/form/form.json', '{ "usingComponents": {\n "a": "" } }', 2],
  ['pages/form/form.wxml', '<view>\n<text></view>', 2],
  [
    'pages/form/form.wxml',
    '<view/>\n<scroll-view paging-enabled reverse="{{false}}"/><scroll-view paging-enabled/>',
    2,
  ],
])('what WeChat tolerates is a note with file and line: %s: %j', async (file, text, line) => {
  write(file, text)
  const { errors, notes } = await buildPhone(directory)
  expect(errors).toEqual([])
  expect(notes).toEqual([expect.objectContaining({ file, line })])
})

it('compiles the fixture without errors', async () => {
  expect((await buildPhone(directory)).errors).toEqual([])
})

it('lists only pictures, fonts, sounds and the like as assets, by their path', async () => {
  const names = ['A.MP3', 'b.woff2', 'c.mp4', 'dot.svg'].map((name) => `images/${name}`)
  for (const name of names.slice(0, -1)) write(name, '')
  const { assets } = await buildPhone(directory)
  expect([...assets].sort()).toEqual(names.map((name) => [name, join(directory, name)]))
})

it('changes the version of the page when a file changes, and only then', async () => {
  const builder = new PhoneBuilder(directory)
  const versions = []
  for (const text of ['', '', '.a { color: red }']) {
    write('pages/form/form.wxss', text)
    versions.push(versionOf(await builder.build()))
  }
  expect(versions[0]).toBe(versions[1])
  expect(versions[2]).not.toBe(versions[1])
})

it('changes the next version when a file is saved during a build', async () => {
  const builder = new PhoneBuilder(directory)
  const building = builder.build()
  write('pages/form/form.wxss', '.a { color: red }')
  const [during, after] = [await building, await builder.build()]
  expect(versionOf(after)).not.toBe(versionOf(during))
})

it.each([
  ['750rpx', '100vw'],
  ['-1rpx 7.5rpx', '-0.13333vw 1vw'],
  ['calc(20rpx + env(safe-area-inset-bottom))', 'calc(2.66667vw + var(--safe-area-inset-bottom))'],
  ['env( safe-area-inset-top, 20px)', 'var(--safe-area-inset-top, 20px)'],
  ['a3rpxx', 'a3rpxx'],
  ['url(data:image/png;base64,7rpx/3RPX+) 75RPX', 'url(data:image/png;base64,7rpx/3RPX+) 10vw'],
])('translates the length %s to %s', (wxss, css) => {
  expect(translateLengths(wxss)).toBe(css)
})

const app: StyleOwner = { kind: 'app' }
const page: StyleOwner = { kind: 'page', path: 'a/b' }
const component: StyleOwner = { kind: 'component', styleScope: 'c1' }
it.each([
  ['view .row > text', app, ':where(wx-page) wx-view .row > wx-text'],
  ['page', app, 'wx-page'],
  ['page', page, 'wx-page:where([is="a/b"])'],
  ['.a, .b:nth-child(2)', page, ':where(wx-page[is="a/b"]) .a, :where(wx-page[is="a/b"]) .b:nth-child(2)'],
  ['#main', page, ':where(wx-page[is="a/b"]) :is(#--, [id$="--main"])'],
  ['.a.b[disabled] .c', component, '.c1--a.c1--b[disabled] .c1--c'],
  [':host .a', component, '[wx-host="c1"] .c1--a'],
  ['my-part', component, 'my-part'],
])('translates the selector %s', (wxss, owner, css) => {
  expect(translateSelector(wxss, owner)).toBe(css)
})
