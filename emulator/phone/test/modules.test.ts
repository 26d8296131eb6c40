import { describe, expect, it } from 'vitest'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { page } from '../../testing/phone/written-mini-program.ts'
import { buildPhone } from '../build.ts'

/** By name: the scripts of a page, the expression that it shows, and what it shows. */
const SHOWN: Readonly<Record<string, { files?: Record<string, string>; shows: string; text: string }>> = {
  mixed: {
    files: { 'u/mixed.js': "import { first } from './es'\nmodule.exports = { two: first + 1 }" },
    shows: "require('../../u/mixed').two",
    text: '2',
  },
  both: {
    files: { 'u/both.js': 'export const a = 1\nexports.b = 2' },
    shows: "[require('../../u/both').a, require('../../u/both').b]",
    text: '[1,2]',
  },
  default: {
    files: { 'u/default.js': 'export default { name: 1 }' },
    shows: "require('../../u/default').default.name",
    text: '1',
  },
  imported: {
    files: {
      'u/imported.js':
        "import a, { b, missing } from './common'\nimport * as all from './common'\nexport const found = [a.b, b, all.b, typeof missing, Object.keys(all)]",
      'u/common.js': 'exports.b = 3',
    },
    shows: "require('../../u/imported').found",
    text: '[3,3,3,"undefined",["b","default"]]',
  },
  circle: {
    files: {
      'u/left.js': "import { right } from './right'\nexports.left = () => 'l'\nexports.both = () => right()",
      'u/right.js': "import { left } from './left'\nexport const right = () => left() + 'r'",
    },
    shows: "require('../../u/left').both()",
    text: '"lr"',
  },
  folder: { files: { 'u/dir/index.js': 'module.exports = 4' }, shows: "require('../../u/dir')", text: '4' },
  json: { files: { 'u/data.json': '{ "a": [5] }' }, shows: "require('/u/data.json').a", text: '[5]' },
  bom: { files: { 'u/bom.js': '\uFEFFmodule.exports = 6\r\n' }, shows: "require('../../u/bom')", text: '6' },
  dynamic: {
    files: { 'u/env/test.js': 'module.exports = 7' },
    shows: "((name) => require('../../u/env/' + name))('test')",
    text: '7',
  },
  globals: {
    shows: '[typeof window, typeof document, typeof global.Object, typeof globalThis.wx, typeof Buffer]',
    text: '["undefined","undefined","function","object","undefined"]',
  },
  typescript: {
    files: { 'u/typed.ts': 'export enum Color { Red = 8 }\nexport type A = string' },
    shows: "require('../../u/typed').Color.Red",
    text: '8',
  },
  strict: {
    shows: '(() => { try { undeclared = 1 } catch (error) { return error.name } })()',
    text: '"ReferenceError"',
  },
  sloppy: {
    files: { 'u/sloppy.js': '// use strict disable;\nundeclaredThere = 9\nmodule.exports = undeclaredThere' },
    shows: "require('../../u/sloppy')",
    text: '9',
  },
  constant: {
    shows: '(() => { const a = 1; try { a = 2 } catch (error) { return error.name } })()',
    text: '"TypeError"',
  },
  guarded: {
    shows: "(() => { try { require('./nowhere') } catch (error) { return 'caught' } })()",
    text: '"caught"',
  },
  declared: {
    files: {
      'u/declared.js': 'const exports = 1\nconst self = 2\nmodule.exports = [exports, self]',
    },
    shows: "require('../../u/declared')",
    text: '[1,2]',
  },
}

const names = Object.keys(SHOWN)
const app = useMiniProgram({
  'app.json': { pages: ['pages/start/start'] },
  'u/es.js': 'export const first = 1',
  'unused/broken.js': 'let = ;',
  'unused/broken.wxml': '<view>{{a +}}</view>',
  'unused/broken.wxss': '{',
  ...page('pages/start/start', {
    wxml: `${names.map((name) => `<view>${name}：{{${name}}}</view>`).join('')}<view>later：{{later}}</view>`,
    js: `const show = (value) => JSON.stringify(value)
Page({
  data: { ${names.map((name) => `${name}: show(${SHOWN[name]?.shows})`).join(',\n')}, later: '' },
  async onLoad() {
    const found = await require.async('../../u/es')
    require('../../u/es', ({ first }) => this.setData({ later: show([found.first, first]) }))
  },
})`,
  }),
  ...Object.assign({}, ...Object.values(SHOWN).map(({ files }) => files)),
})

it('runs scripts of each kind of module, and ignores files that nothing requires', async () => {
  const phone = await app.kit.phone('oAuthor')
  await phone.text('later：[1,1]').waitFor()
  const shown = await Promise.all(names.map((name) => phone.text(new RegExp(`^${name}：`)).textContent()))
  expect(shown).toEqual(names.map((name) => `${name}：${SHOWN[name]?.text}`))
  const notes = await phone.takeErrors()
  expect(notes.map((note) => note.split(' ')[1])).toEqual(Array(3).fill(expect.stringContaining('start.js:')))
})

describe('a script that is sloppy everywhere', () => {
  it('assigns to variables that are not declared', async () => {
    const js = 'a = 010\nPage({ data: { a } })'
    app.program.write('pages/start/start.js', js)
    const { errors, notes } = await buildPhone({ directory: app.program.directory, isStrict: false })
    expect([errors, notes.filter(({ file }) => file === 'pages/start/start.js')]).toEqual([[], []])
  })
})
