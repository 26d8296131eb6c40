import { parse } from 'jsonc-parser'
import { expect, it } from 'vitest'
import { addToAppJson, hadBefore, takeFromAppJson } from './app-json.ts'
import { applyEdits, inverseEdit } from './text-edit.ts'

const NEEDS = {
  accountRoot: 'account',
  accountPages: ['pages/login/login', 'pages/account/account'],
  homePage: 'pages/home/home',
  accountTab: undefined,
}
const PACKAGE = { root: 'account', pages: NEEDS.accountPages }
const RULE = { network: 'all', packages: ['account'] }
const ADDED = {
  subPackages: [PACKAGE],
  preloadRule: { 'pages/home/home': RULE },
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
}
const LINES = `{
  "pages": ["pages/home/home"],
  "window": {
    "navigationBarTitleText": "咖啡"
  }
}
`

const APPS: [kind: string, text: string][] = [
  ['two spaces', LINES],
  ['four spaces', LINES.replaceAll('  ', '    ')],
  ['tabs', LINES.replaceAll('  ', '\t')],
  ["Windows's line ends", LINES.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${LINES}`],
  ['one line', '{"pages":["pages/home/home"],"window":{"navigationBarTitleText":"咖啡"}}'],
  ['one line with spaces', '{ "pages": ["pages/home/home"], "window": {} }'],
  ['no line feed at its end', LINES.trimEnd()],
  [
    'comments',
    `// app\n{\n  /* first */\n  "pages": ["pages/home/home"], // "home"\n  "window": {} // the last, "x": 1\n  // end\n}\n`,
  ],
  ['a comma after the last', `{\n  "pages": [\n    "pages/home/home",\n  ],\n  "window": {}, // last\n}\n`],
  ['braces on lines of their own', `{\n"pages":\n[\n"pages/home/home"\n]\n,"window":\n{\n}\n}`],
  ['an address with slashes', `{\n  "pages": ["pages/home/home"],\n  "x": "https://a.cn/*b*/" // c\n}\n`],
]

it.each(APPS)('adds to an app.json with %s, keeps its text, and takes it out again', (_kind, text) => {
  const added = addToAppJson(text, NEEDS)
  expect(read(added)).toEqual({ ...read(text), ...ADDED })
  // The entries that were there keep their order.
  expect(isWithin(text, added)).toBe(true)
  expect(/[^\r]\n/.test(added)).toBe(/[^\r]\n/.test(text))
  expect(addToAppJson(added, NEEDS)).toBe(added)
  expect(applyEdits(added, [inverseEdit(text, added)])).toBe(text)
  const taken = takeFromAppJson(added, NEEDS, hadBefore(text))
  expect(read(taken)).toEqual(read(text))
  expect(isWithin(taken, text) || isWithin(text, taken)).toBe(true)
})

it('adds to the subpackages and rules that an app has, and takes out only its own', () => {
  const text = `{
    "pages": ["pages/home/home"],
    "lazyCodeLoading": "requiredComponents",
    "__usePrivacyCheck__": false,
    "subpackages": [{ "root": "shop", "pages": ["a"] }],
    "preloadRule": { "pages/home/home": { "network": "wifi", "packages": ["shop"] } }
}`
  const added = addToAppJson(text, NEEDS)
  expect(read(added)).toEqual({
    ...read(text),
    subpackages: [{ root: 'shop', pages: ['a'] }, PACKAGE],
    preloadRule: { 'pages/home/home': { network: 'wifi', packages: ['shop', 'account'] } },
  })
  const edited = added.replace('"pages/home/home"]', '"pages/home/home", "pages/new/new"]')
  expect(takeFromAppJson(added, NEEDS, hadBefore(text))).toBe(text)
  expect(read(takeFromAppJson(edited, NEEDS, hadBefore(text)))).toEqual({
    ...read(text),
    pages: ['pages/home/home', 'pages/new/new'],
  })
})

it.each([
  ['an empty list of subpackages', '{\n  "pages": ["pages/home/home"],\n  "subPackages": []\n}'],
  ['an empty preload rule', '{\n  "pages": ["pages/home/home"],\n  "preloadRule": {}\n}'],
  ['a comment in an empty rule', '{\n  "pages": ["pages/home/home"],\n  "preloadRule": {\n  // none\n  }\n}'],
])('fills %s', (_kind, text) => {
  expect(read(addToAppJson(text, NEEDS))).toEqual({ ...read(text), ...ADDED })
})

it('adds the account page as a tab, and takes it out', () => {
  const text = `{
  "pages": ["pages/home/home", "pages/list/list"],
  "tabBar": {
    "list": [
      { "pagePath": "pages/home/home", "text": "首页" },
      { "pagePath": "pages/list/list", "text": "列表" }
    ]
  }
}`
  const needs = { ...NEEDS, accountTab: 'pages/me/me' }
  const added = addToAppJson(text, needs)
  expect(added).toContain('"pages/list/list", "pages/me/me"]')
  expect(added).toContain('"列表" },\n      { "pagePath": "pages/me/me", "text": "我的" }\n    ]')
  expect(addToAppJson(added, needs)).toBe(added)
  expect(takeFromAppJson(added, needs, hadBefore(text))).toBe(text)
})

it('a new version of the login adds the pages that are missing', () => {
  const before = addToAppJson(LINES, { ...NEEDS, accountPages: ['pages/login/login'] })
  expect(read(addToAppJson(before, NEEDS))).toEqual({ ...read(LINES), ...ADDED })
})

function read(text: string): Record<string, unknown> {
  return parse(text.replace('\uFEFF', ''), [], { allowTrailingComma: true })
}

/** Whether `text` can be made from `whole` by leaving characters out. */
function isWithin(text: string, whole: string): boolean {
  let at = 0
  for (const character of whole) if (character === text[at]) at++
  return at === text.length
}
