import { afterEach, describe, expect, it } from 'vitest'
import { component, page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'
import { type BuiltPhone, buildPhone, PhoneBuilder } from '../build.ts'

let program: WrittenMiniProgram | undefined
afterEach(() => program?.remove())

const SASS = ['typescript', 'sass']
const LESS = ['less']

async function build(
  files: Record<string, string | object>,
  compilerPlugins: readonly string[] = [],
): Promise<BuiltPhone> {
  program = new WrittenMiniProgram({ ...page('pages/start/start', {}), ...files })
  return buildPhone({ directory: program.directory, compilerPlugins })
}

/** The mini-program's own rules, on one line. */
const rulesOf = ({ style }: BuiltPhone) =>
  style
    .slice(style.indexOf('\n'))
    .replaceAll(/:where\([^)]*\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

describe('sheets of useCompilerPlugins', () => {
  it.each([
    [
      SASS,
      {
        'pages/start/start.scss':
          "@use '../../styles/theme' as t; @import '/styles/parts.scss'; @import './plain.wxss';\n.a { color: t.$main; .b { width: 75rpx } }",
        'styles/_theme.scss': '$main: #111;',
        'styles/parts.scss': '.part { top: 1px }',
        'pages/start/plain.wxss': '.plain { top: 2px }',
      },
      '.plain { top: 2px } .part { top: 1px; } .a { color: #111; } .a .b { width: 10vw; }',
    ],
    [SASS, { 'pages/start/start.sass': '.a\n  color: red\n' }, '.a { color: red; }'],
    [
      SASS,
      { 'pages/start/start.scss': '.a { color: global.$c; }', 'global.scss': '$c: blue;' },
      '.a { color: blue; }',
    ],
    [
      LESS,
      {
        'pages/start/start.less':
          "@import '../../styles/theme';\n.a { color: @main; &-b { width: ~'calc(75rpx)' } }",
        'styles/theme.less': '@main: #111;',
        'app.less': '@unused: 1; page { top: 0 }',
      },
      'wx-page { top: 0; } .a { color: #111; } .a-b { width: calc(10vw); }',
    ],
  ])('%j: %j', async (plugins, files, css) => {
    const built = await build(files, plugins)
    expect([built.errors, built.notes, rulesOf(built)]).toEqual([[], [], css])
  })

  it.each([
    [SASS, 'pages/start/start.scss', '.a {}\n.b { color: $no }', 2],
    [LESS, 'pages/start/start.less', '.a {}\n.b { color: @no }', 2],
  ])('%j: an error has file and line: %s', async (plugins, file, text, line) => {
    const { errors } = await build({ [file]: text }, plugins)
    expect(errors).toEqual([expect.objectContaining({ file, line })])
  })

  it('are noted without their plugin', async () => {
    const { errors, notes } = await build({ 'pages/start/start.scss': '.a {' })
    expect([errors, notes]).toEqual([
      [],
      [{ file: 'pages/start/start.scss', message: expect.stringContaining('useCompilerPlugins') }],
    ])
  })

  it('are compiled again when a file that they use changes', async () => {
    program = new WrittenMiniProgram({
      ...page('pages/start/start', {}),
      'pages/start/start.scss': "@use '../../theme'; .a { color: theme.$c }",
      'theme.scss': '$c: red;',
    })
    const builder = new PhoneBuilder({ directory: program.directory, compilerPlugins: SASS })
    expect(rulesOf(await builder.build())).toBe('.a { color: red; }')
    program.write('theme.scss', '$c: green;')
    expect(rulesOf(await builder.build())).toBe('.a { color: green; }')
  })
})

describe('@import', () => {
  it.each([
    '@import "a.wxss";',
    "@import 'a.wxss'",
    '@import "a";',
    '@import url(a.wxss);',
    '@import url("./a.wxss");',
    '@import a.wxss;',
    '@import "/pages/start/a.wxss";',
    '@import "~@/pages/start/a.wxss";',
  ])('%s', async (wxss) => {
    const appJson = { pages: ['pages/start/start'], resolveAlias: { '@/*': '/*' } }
    const built = await build({
      'app.json': appJson,
      'pages/start/start.wxss': wxss,
      'pages/start/a.wxss': '.a { top: 0 }',
    })
    expect([built.errors, built.notes, rulesOf(built)]).toEqual([[], [], '.a { top: 0 }'])
  })

  it('of a file that is not there, or from the web, is noted; a circle ends', async () => {
    const built = await build({
      'pages/start/start.wxss':
        '@import "no";\n@import url(https://a.cn/b.css);\n@import "./start.wxss";.a { top: 0 }',
    })
    expect(rulesOf(built)).toBe('.a { top: 0 }')
    expect(built.notes).toEqual([
      { file: 'pages/start/start.wxss', line: 1, message: expect.stringContaining('no') },
      { file: 'pages/start/start.wxss', line: 2, message: expect.stringContaining('https://a.cn/b.css') },
    ])
  })
})

it.each([
  ['.a { top: 0 }\n.b[ { left: 0 }\n.c { right: 0 }', '.a { top: 0 } .c { right: 0 }', 2],
  ['.a { top: 0 }\n.b { left', '.a { top: 0 }', 2],
  ['}\n.a { top: 0 }', '.a { top: 0 }', 1],
  ['.a { top: 0;\n oops;\n left: 0 }', '.a { top: 0; left: 0 }', 2],
  ['.a { top: 0 }\n@media { .b { left ', '.a { top: 0 }', 2],
  ['.a { top: 0 }\n/* .b', '.a { top: 0 }', 2],
])('what follows an error applies, and the sheets of other pages: %j', async (wxss, css, line) => {
  const built = await build({ 'pages/start/start.wxss': wxss })
  expect(rulesOf(built)).toBe(css)
  expect(built.errors).toEqual([expect.objectContaining({ file: 'pages/start/start.wxss', line })])
})

it('a comment of JavaScript is noted; it and the declaration after it do not apply', async () => {
  const wxss = '.a { top: 0; // why\n left: 0; right: 0 }\n.b { top: 1px }'
  const built = await build({ 'pages/start/start.wxss': wxss })
  expect(rulesOf(built)).toBe('.a { top: 0; right: 0 } .b { top: 1px }')
  expect([built.errors, built.notes]).toEqual([
    [],
    [{ file: 'pages/start/start.wxss', line: 1, message: expect.stringContaining('// 注释') }],
  ])
})

it('translates rpx, selectors, keyframes and fonts of every kind', async () => {
  const built = await build({
    'app.wxss': `page { --gap: 75rpx }
@media (min-width: 750rpx) { .a::after { inset: -75rpx } }
@keyframes k { from { top: 75RPX } }
@font-face { font-family: f; src: url(data:font/woff2;base64,AA==) }
.a[data-b="c"] > image:not(:first-child), #d { background: url("data:image/png;base64,AA==") }`,
  })
  expect([built.errors, built.notes]).toEqual([[], []])
  expect(rulesOf(built)).toBe(
    'wx-page { --gap: 10vw } @media (min-width: 100vw) { .a::after { inset: -10vw } } @keyframes k { from { top: 10vw } } @font-face { font-family: f; src: url(data:font/woff2;base64,AA==) } .a[data-b="c"] > wx-image:not(:first-child), :is(#--, [id$="--d"]) { background: url("data:image/png;base64,AA==") }',
  )
})

it('keeps the styles of the app out of independent subpackages', async () => {
  const { style } = await build({
    'app.json': {
      pages: ['pages/start/start'],
      subpackages: [{ root: 'alone', pages: ['a/a'], independent: true }],
    },
    'app.wxss': '.a { top: 0 } page { left: 0 }',
    ...page('alone/a/a', {}),
  })
  expect(style).toContain(':where(wx-page:not([is^="alone/"])) .a')
  expect(style).toContain('wx-page:where(:not([is^="alone/"])) {')
})

it('replaces the variables of theme.json by their light values', async () => {
  const built = await build({
    'app.json': {
      pages: ['pages/start/start'],
      window: { navigationBarBackgroundColor: '@bar', backgroundColor: '@no' },
    },
    'theme.json': { light: { bar: '#abcdef' }, dark: { bar: '#000000' } },
    'pages/start/start.json': { navigationBarBackgroundColor: '@bar' },
  })
  expect(built.script.match(/"navigationBarBackgroundColor":"#abcdef"/g)).toHaveLength(2)
  expect(built.notes).toEqual([{ file: 'app.json', message: expect.stringContaining('@no') }])
})

it('isolates the styles of a component, unless its options share them', async () => {
  const built = await build({
    'pages/start/start.json': { usingComponents: { a: '/c/a', b: '/c/b' } },
    ...component('c/a', { wxss: '.x { top: 0 } :host { left: 0 }' }),
    ...component('c/b', {
      wxss: '.y { top: 0 }',
      js: "Component({ options: { styleIsolation: 'shared' } })",
    }),
  })
  expect(rulesOf(built)).toBe('.c1--x { top: 0 } [wx-host="c1"] { left: 0 } .y { top: 0 }')
})
