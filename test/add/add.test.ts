import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settleOptions } from '../../scripts/lib/add/options.ts'
import { makePayload } from '../../scripts/lib/add/payload/make-payload.ts'
import type { Payload } from '../../scripts/lib/add/payload/payload.ts'
import { readTarget } from '../../scripts/lib/add/target/read-target.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { addTo, removeFrom, SMALL_APP, snapshot, write, writeApp } from './small-app.ts'

let payload: Payload
beforeAll(async () => {
  payload = await makePayload()
}, 60_000)

let app: string
beforeEach(() => {
  app = writeApp()
})
afterEach(() => rmSync(app, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(app, path), 'utf8')
const append = (path: string, text: string) => writeFileSync(join(app, path), read(path) + text)

/** What a built function calls three of the login's collections. */
function namesIn(path: string): (string | undefined)[] {
  const code = read(path)
  return ['users', 'audit_logs', 'rate_limits'].map(
    (name) => new RegExp(`"?${name}"?: ?"(\\w+)"`).exec(code)?.[1],
  )
}

const TYPESCRIPT = {
  'project.config.json': '{ "setting": { "useCompilerPlugins": ["typescript"] } }',
  'app.json': '{"pages":["pages/home/home"]}',
  'app.ts': "import { a } from './a'\r\nApp({ a })\r\n",
  'a.ts': 'export const a = 1\n',
  'pages/home/home.ts': 'Page({})\n',
}

it.each([
  ['JavaScript', SMALL_APP],
  ['TypeScript, with app.json at the root and no functions', TYPESCRIPT],
])('goes into an app in %s and out again, and leaves no byte', (_kind, files) => {
  const folder = writeApp(files)
  try {
    const before = snapshot(folder)
    const { writes } = addTo(folder, payload, { theme: '#07c160', accountRoot: 'member' })
    expect(writes.length).toBeGreaterThan(150)
    expect(addTo(folder, payload)).toMatchObject({ writes: [], edits: [], kept: [], removals: [] })
    removeFrom(folder)
    expect(snapshot(folder)).toEqual(before)
    expect(existsSync(join(folder, 'cloudfunctions'))).toBe(false)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('writes the app’s language, name, home page, colours and collections', () => {
  write(app, 'functions/people/index.js', "db.collection('users').get()\n")
  const names = { owned: ['orders'], collections: { users: 'people', audit_logs: 'traces' } }
  addTo(app, payload, { ...names, theme: '#07c160', guard: ['orders'] })
  const paths = Object.keys(snapshot(app))
  expect(paths.filter((path) => /(?<!\.d)\.ts$/.test(path))).toEqual([])
  expect(read('miniprogram/auth-config.js')).toContain("appName: '茶馆'")
  expect(read('miniprogram/auth-config.js')).toContain("homePage: '/pages/home/home'")
  expect(read('miniprogram/auth-config.js')).toContain('appInitsCloud: true')
  expect(read('miniprogram/auth/styles/palette.wxss')).toContain('#07c160')
  for (const file of ['login/index.js', 'orders/auth-guard.js']) {
    expect([file, ...namesIn(`functions/${file}`)]).toEqual([file, 'people', 'traces', 'rate_limits'])
  }
  expect(read('functions/account/index.js').includes('OWNED_COLLECTIONS = ["orders"]')).toBe(true)
  expect(paths.filter((path) => /trips|旅行/i.test(path))).toEqual([])
  expect(read('emulator.config.mjs')).toContain("    'people': 'ADMINONLY',")
  const ours = paths.filter((path) => /^(miniprogram\/(auth|account)|functions\/)/.test(path))
  expect(ours.filter((path) => /trips|旅行/.test(read(path)))).toEqual([])
})

it('takes the colour of the app’s tabs or top bar, but no grey', () => {
  const withBar = (colour: string) =>
    write(
      app,
      'miniprogram/app.json',
      SMALL_APP['miniprogram/app.json']?.replace(
        '"茶馆"',
        `"茶馆", "navigationBarBackgroundColor": "${colour}"`,
      ) ?? '',
    )
  const themeFor = (colour: string) => {
    withBar(colour)
    return settleOptions(readTarget(app), {}).theme
  }
  expect(['#8B4513', '#ffffff', '#f0f0f4', 'red'].map(themeFor)).toEqual([
    '#8b4513',
    undefined,
    undefined,
    undefined,
  ])
})

it('brings the functions’ sources with a build, if asked', () => {
  addTo(app, payload, { functions: 'sources', owned: ['orders'] })
  expect(read('login-functions/cloudfunctions/app-config.ts')).toContain(
    'OWNED_COLLECTIONS: readonly string[] = [\n  "orders"\n]',
  )
  symlinkSync(projectPath('node_modules'), join(app, 'login-functions/node_modules'), 'junction')
  execFileSync(process.execPath, ['build.mjs'], { cwd: join(app, 'login-functions') })
  rmSync(join(app, 'login-functions/node_modules'))
  expect(read('functions/account/index.js').includes('OWNED_COLLECTIONS = [')).toBe(true)
  const main = "process.stdout.write(typeof require('./index.js').main)"
  expect(
    execFileSync(process.execPath, ['-e', main], { cwd: join(app, 'functions/login'), encoding: 'utf8' }),
  ).toBe('function')
  expect(new Set(addTo(app, payload).kept.map(({ reason }) => reason))).toEqual(new Set(['built']))
})

it('leaves a collection of the app to the app', () => {
  write(app, 'miniprogram/pages/home/home.js', "wx.cloud.database().collection('users').get()\n")
  addTo(app, payload)
  expect(namesIn('functions/login/index.js')).toEqual(['auth_users', 'audit_logs', 'rate_limits'])
})

it('leaves a collection to the app that names it by a constant', () => {
  write(app, 'functions/order/names.js', "module.exports = { USERS: 'users' }\n")
  write(app, 'functions/order/data.js', "const { USERS } = require('./names')\ndb.collection(USERS).get()\n")
  addTo(app, payload)
  expect(namesIn('functions/login/index.js')).toEqual(['auth_users', 'audit_logs', 'rate_limits'])
})

describe('run again', () => {
  const text = 'miniprogram/account/utils/texts.js'
  const sheet = 'miniprogram/auth/styles/button.wxss'

  /** The payload of a version in which these files are different. */
  const newer = (...paths: string[]): Payload => {
    const { js, ts } = payload.miniprogram
    const changed = paths.map((path): [string, string] => {
      const name = path.replace('miniprogram/', '')
      return [name, `${js[name]}/* newer */\n`]
    })
    return {
      ...payload,
      version: '9.0.0',
      miniprogram: { ts, js: { ...js, ...Object.fromEntries(changed) } },
    }
  }

  it('updates unedited files and shows a diff for edited ones', () => {
    addTo(app, payload)
    append(text, '// mine\n')
    append('miniprogram/app.js', '// mine\n')
    rmSync(join(app, 'functions/admin'), { recursive: true })
    const { writes, kept, edits } = addTo(app, newer(text, sheet))
    expect(writes.map(({ path }) => path)).toEqual([sheet, '.wechat-phone-login.json'])
    expect(edits).toEqual([])
    expect(kept.filter(({ reason }) => reason === 'edited')).toEqual([
      { path: text, reason: 'edited', diff: expect.stringMatching(/\n-\/\/ mine\n\+\/\* newer \*\//) },
    ])
    expect(kept.some(({ path, reason }) => path === 'functions/admin/index.js' && reason === 'deleted')).toBe(
      true,
    )
    expect(read(text)).toMatch(/\/\/ mine\n$/)
    expect(read(sheet)).toMatch(/newer/)
  })

  it('an edited file that the new version leaves alone is no news', () => {
    addTo(app, payload)
    append(text, '// mine\n')
    expect(addTo(app, newer(sheet)).kept).toEqual([{ path: text, reason: 'edited' }])
  })

  it('removes a file that the new version does not bring, unless it was edited', () => {
    const { js, ts } = payload.miniprogram
    const more = { ...js, 'auth/old.js': 'exports.a = 1\n', 'auth/mine.js': 'exports.a = 1\n' }
    addTo(app, { ...payload, miniprogram: { ts, js: more } })
    append('miniprogram/auth/mine.js', '// mine\n')
    const { removals, kept } = addTo(app, payload)
    expect(removals).toEqual(['miniprogram/auth/old.js'])
    expect(kept).toEqual([{ path: 'miniprogram/auth/mine.js', reason: 'obsolete' }])
    expect(addTo(app, payload).kept).toEqual([])
    expect(read('miniprogram/auth/mine.js')).toContain('mine')
  })

  it('makes the account page a tab', () => {
    addTo(app, payload)
    expect(() => addTo(app, payload, { accountTab: 'pages/me/me' })).toThrow(/没有 tabBar/)
    const tabs = '"tabBar": { "list": [{ "pagePath": "pages/home/home" }] },\n  "window"'
    write(app, 'miniprogram/app.json', read('miniprogram/app.json').replace('"window"', tabs))
    const before = read('miniprogram/app.json')
    addTo(app, payload, { accountTab: 'pages/me/me' })
    expect(read('miniprogram/pages/me/me.json')).toContain(
      '"/account/components/account-panel/account-panel"',
    )
    expect(read('miniprogram/auth-config.js')).toContain("accountPage: '/pages/me/me'")
    expect(read('miniprogram/app.json')).toContain('{ "pagePath": "pages/me/me", "text": "我的" }')
    removeFrom(app)
    expect(existsSync(join(app, 'miniprogram/pages/me'))).toBe(false)
    expect(before).toContain(read('miniprogram/app.json').slice(0, 60))
    expect(read('miniprogram/app.json')).not.toContain('pages/me/me')
  })

  it('moves the login’s folders', () => {
    addTo(app, payload)
    addTo(app, payload, { accountRoot: 'member', authRoot: 'entry' })
    expect(existsSync(join(app, 'miniprogram/account'))).toBe(false)
    expect(read('miniprogram/app.json').match(/"(account|member)"/g)).toEqual(['"member"', '"member"'])
    expect(read('miniprogram/member/pages/login/login.json')).toContain('"/entry/components/')
    removeFrom(app)
    expect(snapshot(app)).toEqual(SMALL_APP)
  })

  it('takes another name or colour, and puts the guard beside another function', () => {
    addTo(app, payload)
    const { writes } = addTo(app, payload, { name: '茶', theme: '#ff0000', guard: ['orders'] })
    expect(writes.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      '.wechat-phone-login.json',
      'auth-config.js',
      'auth-guard.d.ts',
      'auth-guard.js',
      'palette.wxss',
      'person.svg',
    ])
    expect(addTo(app, payload).writes).toEqual([])
  })

  it('a checkout with Windows’s line ends is not an edit', () => {
    addTo(app, payload)
    writeFileSync(join(app, sheet), read(sheet).replaceAll('\n', '\r\n'))
    expect(addTo(app, newer(sheet)).kept).toEqual([])
    removeFrom(app)
    expect(existsSync(join(app, sheet))).toBe(false)
  })
})

describe('taken out of an app that went on', () => {
  it('leaves edited files and the app’s new entries', () => {
    addTo(app, payload)
    const sheet = 'miniprogram/auth/styles/button.wxss'
    append(sheet, '/* mine */\n')
    writeFileSync(
      join(app, 'miniprogram/app.json'),
      read('miniprogram/app.json').replace('"pages/home/home"', '"pages/home/home", "pages/new/new"'),
    )
    append('miniprogram/app.js', '// mine\n')
    const { kept } = removeFrom(app)
    expect(kept).toEqual([{ path: sheet, reason: 'edited' }])
    const after = snapshot(app)
    expect(Object.keys(after).sort()).toEqual([...Object.keys(SMALL_APP), sheet].sort())
    expect(after['miniprogram/app.js']).toBe(`${SMALL_APP['miniprogram/app.js']}// mine\n`)
    expect(after['miniprogram/app.json']).toBe(
      SMALL_APP['miniprogram/app.json']?.replace('"pages/home/home"', '"pages/home/home", "pages/new/new"'),
    )
  })

  it('names each line of the app that refers to what goes, and nothing else', () => {
    addTo(app, payload, { guard: ['orders'] })
    write(
      app,
      'miniprogram/pages/order/order.js',
      "const a = require('../a')\nconst auth = require('../../auth/index')\n",
    )
    const json = '{ "usingComponents": {\n  "phone": "/account/components/phone-button/phone-button" } }'
    write(app, 'miniprogram/pages/order/order.json', json)
    write(
      app,
      'miniprogram/pages/order/order.wxml',
      '<navigator url="/account/pages/login/login?from=order" />\n',
    )
    write(app, 'miniprogram/pages/order/order.wxss', '@import "../../auth/styles/palette.wxss";\n')
    write(app, 'functions/orders/index.js', "require('./auth-guard')\n")
    const { notes } = removeFrom(app)
    expect(notes.map((note) => /^(\S+) 还引用 (\S+)，/.exec(note)?.slice(1))).toEqual([
      ['functions/orders/index.js:1', 'functions/orders/auth-guard.js'],
      ['miniprogram/pages/order/order.js:2', 'miniprogram/auth/index.js'],
      ['miniprogram/pages/order/order.json:2', 'miniprogram/account/components/phone-button/phone-button.js'],
      ['miniprogram/pages/order/order.wxml:1', 'miniprogram/account/pages/login/login.js'],
      ['miniprogram/pages/order/order.wxss:1', 'miniprogram/auth/styles/palette.wxss'],
    ])
  })

  it('says that the lines in app.js were edited', () => {
    addTo(app, payload)
    const edited = read('miniprogram/app.js').replace('installLogin()', 'installLogin() // mine')
    writeFileSync(join(app, 'miniprogram/app.js'), edited)
    const { notes } = removeFrom(app)
    expect(notes).toEqual([expect.stringContaining('miniprogram/app.js')])
    expect(read('miniprogram/app.js')).toBe(edited)
  })
})

it('keeps WeChat’s bar with its way back on the login’s pages in an app that draws its own', () => {
  const tab = 'pages/mine/mine'
  const tabs = `"tabBar": { "list": [{ "pagePath": "pages/home/home", "text": "a" }] },\n  "window"`
  write(app, 'miniprogram/app.json', read('miniprogram/app.json').replace('"window"', tabs))
  addTo(app, payload, { accountTab: tab })
  for (const page of [...payload.accountPages.map((name) => `account/${name}`), tab]) {
    const config = JSON.parse(read(`miniprogram/${page}.json`)) as unknown
    expect(config, page).toMatchObject({ navigationStyle: 'default' })
  }
})

it.each<[string, string, RegExp]>([
  ['a function', 'functions/login/index.js', /functions\/login 已存在/],
  ['the folder auth', 'miniprogram/auth/a.js', /miniprogram\/auth 已存在.*--auth-root/],
  ['the folder account', 'miniprogram/account/a.js', /miniprogram\/account 已存在.*--account-root/],
  ['the configuration', 'miniprogram/auth-config.js', /auth-config\.js 已存在/],
])('refuses an app that has %s of this name, and writes nothing', (_what, path, line) => {
  write(app, path, 'exports.main = 1\n')
  const before = snapshot(app)
  expect(() => addTo(app, payload)).toThrow(line)
  expect(snapshot(app)).toEqual(before)
})

it.each(['wxml', 'wxss'])('refuses an account tab where the app has a .%s', (ending) => {
  const tabs = `"tabBar": { "list": [{ "pagePath": "pages/home/home", "text": "a" }] },\n  "window"`
  write(app, 'miniprogram/app.json', read('miniprogram/app.json').replace('"window"', tabs))
  write(app, `miniprogram/pages/me/me.${ending}`, '')
  expect(() => addTo(app, payload, { accountTab: 'pages/me/me' })).toThrow(
    /--account-tab pages\/me\/me：.*openAccountPage/,
  )
})

it('refuses a subpackage of this name', () => {
  const text = read('miniprogram/app.json').replace(
    '"window"',
    '"subPackages": [{ "root": "/account/", "pages": [] }],\n  "window"',
  )
  write(app, 'miniprogram/app.json', text)
  expect(() => addTo(app, payload)).toThrow(/已有 account.*--account-root/)
  addTo(app, payload, { accountRoot: 'member' })
  expect(existsSync(join(app, 'miniprogram/member/pages/login/login.js'))).toBe(true)
})

it('refuses a main package that would pass 2 MB, and counts no subpackage', () => {
  write(app, 'miniprogram/images/large.png', 'x'.repeat(2_080_000))
  expect(() => addTo(app, payload)).toThrow(/主包会超过 2 MB/)
  const text = read('miniprogram/app.json').replace(
    '"window"',
    '"subPackages": [{ "root": "images", "pages": [] }],\n  "window"',
  )
  write(app, 'miniprogram/app.json', text)
  addTo(app, payload)
})

it.each([
  [{ home: 'pages/none/none' }, /--home pages\/none\/none/],
  [{ theme: 'green' }, /--theme green/],
  [{ cloudEnv: 'Prod' }, /--env Prod/],
  [{ nickname: '' }, /--nickname/],
  [{ accountRoot: '../x' }, /--account-root/],
  [{ collections: { users: 'a', audit_logs: 'a' } }, /"a" 用了两次/],
  [{ collections: { people: 'a' } }, /COLLECTION_NAMES\.people/],
  [{ guard: ['none'] }, /--guard none/],
])('refuses %j', (given, line) => {
  expect(() => addTo(app, payload, given)).toThrow(line)
  expect(snapshot(app)).toEqual(SMALL_APP)
})

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that may not be written is left whole',
  () => {
    mkdirSync(join(app, 'functions/login-none'), { recursive: true })
    chmodSync(join(app, 'functions'), 0o500)
    const before = snapshot(app)
    expect(() => addTo(app, payload)).toThrow(/EACCES/)
    chmodSync(join(app, 'functions'), 0o700)
    expect(snapshot(app)).toEqual(before)
  },
)
