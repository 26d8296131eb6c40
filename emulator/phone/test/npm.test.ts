import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import { component, page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'
import { buildPhone, type PhoneOptions } from '../build.ts'

let program: WrittenMiniProgram | undefined
afterEach(() => program?.remove())

/** A project with its mini-program in `mini/` and package.json beside it. */
function project(files: Record<string, string | object>): PhoneOptions {
  const inside = Object.entries({
    'app.js': 'App({})',
    'app.json': { pages: ['pages/start/start'] },
    ...files,
  })
  program = new WrittenMiniProgram(
    Object.fromEntries(
      inside.map(([file, content]) => [
        /^(node_modules|package)/.test(file) ? file : `mini/${file}`,
        content,
      ]),
    ),
  )
  const target = join(program.directory, 'mini')
  return { directory: target, npm: [{ packageJson: join(program.directory, 'package.json'), target }] }
}

const inPackage = (folder: string, files: Record<string, string | object>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, content]) => [`node_modules/${folder}/${file}`, content]),
  )

it('builds packages from node_modules: folders of mini-program files, and entries with what they require', async () => {
  const options = project({
    'package.json': { dependencies: { '@a/ui': '1', plain: '1', old: '1' } },
    ...inPackage('@a/ui', {
      'package.json': { miniprogram: 'lib' },
      ...component('lib/tag/index', {
        wxml: '<view>包里的组件<image src="./dot.svg" /></view>',
        js: "Component({ data: { a: require('../shared') } })",
      }),
      'lib/shared.js': "module.exports = require('inner').name",
      'lib/tag/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7" />',
      'lib/common.wxss': '.from-package { color: red }',
      'node_modules/inner/package.json': { main: 'main' },
      'node_modules/inner/main.js': "exports.name = '里面的'",
    }),
    ...inPackage('old', { 'package.json': {}, 'miniprogram_dist/index.js': "module.exports = '默认目录'" }),
    ...inPackage('plain', {
      'package.json': { main: './dist/plain.js' },
      'dist/plain.js':
        "const part = require('./part'); exports.text = () => part.a + require('dependency').default",
      'dist/part.js': "exports.a = '脚本'",
    }),
    ...inPackage('dependency', {
      'package.json': { type: 'module', main: 'index.js' },
      'index.js': "export default '的依赖'",
    }),
    ...page('pages/start/start', {
      wxml: '<tag />{{text}}',
      json: { usingComponents: { tag: '@a/ui/tag' } },
      wxss: '@import "/miniprogram_npm/@a/ui/common.wxss";',
      js: "const plain = require('plain'); Page({ data: { text: plain.text() + require('old') } })",
    }),
  })
  const kit = await PhoneKit.start(options)
  const phone = await kit.phone('oAuthor')
  try {
    await phone.text('包里的组件').waitFor()
    await phone.text('脚本的依赖默认目录').waitFor()
    const picture = phone.top.locator('img')
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(7)
    expect((await buildPhone(options)).style).toContain('.from-package')
    await kit.finish()
  } finally {
    await kit.stop()
  }
})

it.each([
  ['is not installed, once', {}, 'npm install', 1],
  [
    'has no such file: WeChat builds only its entry',
    inPackage('lib', { 'package.json': {}, 'index.js': '', 'part.js': '' }),
    'lib/part',
    2,
  ],
])('says of a package that it %s', async (_title, files, says, noteCount) => {
  const { errors, notes } = await buildPhone(
    project({
      'package.json': { dependencies: { lib: '1' } },
      ...files,
      ...page('pages/start/start', {
        wxml: '<c /><d />',
        json: { usingComponents: { c: 'lib/part', d: '/miniprogram_npm/lib/part/other' } },
        js: "require('lib/part')\nPage({})",
      }),
    }),
  )
  expect(errors).toEqual([{ file: 'pages/start/start.js', line: 1, message: expect.stringContaining(says) }])
  expect(notes).toHaveLength(noteCount)
  for (const note of notes)
    expect(note).toMatchObject({ file: 'pages/start/start.json', message: expect.stringContaining(says) })
})

it('notes a package that only devDependencies has', async () => {
  const { errors, notes } = await buildPhone(
    project({
      'package.json': { devDependencies: { lib: '1' } },
      ...inPackage('lib', { 'package.json': {}, 'index.js': '' }),
      ...page('pages/start/start', { js: "require('lib')\nPage({})" }),
    }),
  )
  expect([errors.length, notes]).toEqual([
    0,
    [{ file: 'pages/start/start.js', line: 1, message: expect.stringContaining('devDependencies') }],
  ])
})

it('gives what useExtendedLib names, plugins that do nothing, and notes what it does not have', async () => {
  const options = project({
    'app.json': { pages: ['pages/start/start'], useExtendedLib: { weui: true, kbone: true } },
    ...page('pages/start/start', {
      wxml: '<mp-badge content="新" />{{text}}',
      json: { usingComponents: { 'mp-badge': 'weui-miniprogram/badge/badge' } },
      js: "const map = requirePlugin('map'); Page({ data: { text: '结果：' + map.getLocation() } })",
    }),
  })
  const kit = await PhoneKit.start(options)
  try {
    const phone = await kit.phone('oAuthor')
    await phone.text('新').waitFor()
    await phone.text('结果：undefined').waitFor()
    const [lib, plugin, ...others] = await phone.takeErrors()
    expect([lib, plugin, others]).toEqual([
      expect.stringContaining('app.json:1 useExtendedLib 的 kbone'),
      expect.stringContaining("requirePlugin('map')"),
      [],
    ])
  } finally {
    await kit.stop()
  }
})

it.each([
  ['tdesign-miniprogram', 'button/button', 'input/input', 'tabs/tabs', 'toast/toast', 'upload/upload'],
  ['@vant/weapp', 'button/index', 'field/index', 'popup/index', 'tab/index', 'picker/index'],
])('compiles components of %s', async (name, ...paths) => {
  const packageJson = createRequire(import.meta.url).resolve(`${name}/package.json`)
  const modules = packageJson.slice(0, packageJson.lastIndexOf(join('node_modules', name)))
  const using = Object.fromEntries(paths.map((path, index) => [`c-${index}`, `${name}/${path}`]))
  const { directory } = project({ ...page('pages/start/start', { json: { usingComponents: using } }) })
  const npm = [{ packageJson: join(dirname(join(modules, 'x')), 'package.json'), target: directory }]
  const { errors, notes, script } = await buildPhone({ directory, npm })
  expect([errors, notes.filter(({ message }) => !message.includes('既不是'))]).toEqual([[], []])
  for (const path of paths) expect(script).toContain(`miniprogram_npm/${name}/${path}`)
})
