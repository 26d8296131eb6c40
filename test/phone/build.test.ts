import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BuiltPhone, buildPhone, PhoneBuilder } from '../../emulator/phone/build.ts'
import { type StyleOwner, translateSelector } from '../../emulator/phone/compile/selectors.ts'
import { translateUnits } from '../../emulator/phone/units.ts'
import { projectPath } from '../../scripts/project.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
  cpSync(projectPath('test/fixtures-miniprogram'), directory, { recursive: true })
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const write = (file: string, text: string) => writeFileSync(join(directory, file), text)
const versionOf = ({ html }: BuiltPhone) => /phone-version" content="(\w+)"/.exec(html)?.[1]

describe('a mistake is told with its place, and never thrown', () => {
  it.each([
    ['pages/form/form.wxml', '<view>\n<text>{{a +}}</text></view>', 2],
    ['pages/form/form.ts', 'Page({\n  data: {,}\n})', 2],
    ['pages/form/form.wxss', '.a {}\n.b { color: red', 2],
    ['pages/form/form.wxss', '.a {}\n@import "nowhere.wxss";', 2],
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

  it('a page, component or folder that is not there', async () => {
    write('app.json', '{ "pages": ["pages/form/form", "pages/nowhere/nowhere"] }')
    expect((await buildPhone(directory)).errors).toEqual([
      { file: 'app.json', message: 'pages/nowhere/nowhere.wxml 不存在' },
    ])
    const { errors } = await buildPhone(join(directory, 'nothing'))
    expect(errors[0]).toEqual({ file: 'app.json', message: '文件不存在' })
  })
})

it('the real mini-program and the fixture have no mistakes', async () => {
  const built = await Promise.all(
    ['miniprogram', 'test/fixtures-miniprogram'].map((path) => buildPhone(projectPath(path))),
  )
  expect(built.map(({ errors }) => errors)).toEqual([[], []])
})

it('only pictures are handed out, by their path', async () => {
  const { assets } = await buildPhone(directory)
  expect([...assets]).toEqual([['images/dot.svg', join(directory, 'images/dot.svg')]])
})

it('the page has another version after each change, and the same without one', async () => {
  const builder = new PhoneBuilder(directory)
  const versions = []
  for (const text of ['', '', '.a { color: red }']) {
    write('pages/form/form.wxss', text)
    versions.push(versionOf(await builder.build()))
  }
  expect(versions[0]).toBe(versions[1])
  expect(versions[2]).not.toBe(versions[1])
})

it('what is saved while it is compiled makes the next version another', async () => {
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
])('%s is %s', (wxss, css) => {
  expect(translateUnits(wxss)).toBe(css)
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
])('the selector %s', (wxss, owner, css) => {
  expect(translateSelector(wxss, owner)).toBe(css)
})
