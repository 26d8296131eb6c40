import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appConfig } from '../../miniprogram/app-config.ts'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { packedBytes } from './packed.ts'
import { pageRoutes, routeTo } from './page-routes.ts'
import { sheetsOf } from './style-sheets.ts'

interface TemplateGroup {
  addTmpl(path: string, source: string): { startLine: number; message: string }[]
}
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as {
  TmplGroup: { newDev(): TemplateGroup }
}

/** The English words, beside the Chinese ones that the other bounds are for: of failures, of the example, of the account. */
const ENGLISH_KILOBYTES = { auth: 7, example: 7, account: 25 }
/** Of these, dark mode and WeChat's font size take 1.3, the pressed look and the direct login 1. */
const AUTH_KILOBYTES = 47 + ENGLISH_KILOBYTES.auth
/** Of the example: its styles, lists and components, and for each page its files, service, texts and pictures. */
const SHARED_KILOBYTES = 20
const PAGE_KILOBYTES = 6
const ACCOUNT_KILOBYTES = 101 + ENGLISH_KILOBYTES.account

const ROOT = projectPath('miniprogram')
/** What is packaged: project.config.json keeps the editor's settings out. */
const FILES = filesBelow(ROOT).filter((path) => path !== 'tsconfig.json')
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const json = (path: string) => JSON.parse(text(path)) as Record<string, unknown>
const ofKind = (ending: string) => FILES.filter((path) => path.endsWith(ending))
const app = json('app.json')
const pages = pageRoutes()

/** A path as WeChat resolves it: from the root with a slash in front, else from the file's folder. */
const resolved = (from: string, path: string) =>
  path.startsWith('/') ? path.slice(1) : join(dirname(from), path)

function componentsOf(path: string): Record<string, string> {
  return (json(path)['usingComponents'] ?? {}) as Record<string, string>
}

/** The code of a page, and of the module of each function whose handlers are spread into it, such as `listPage`. */
function codeWithHandlers(path: string): string {
  const code = text(path)
  const modules = [...code.matchAll(/^ {2}\.\.\.(\w+)\(/gm)].map(([, name]) => {
    const [, module = ''] =
      new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '(\\.[^']+)'`).exec(code) ?? []
    return text(join(dirname(path), `${module}.ts`))
  })
  return [code, ...modules].join('\n')
}

describe('templates', () => {
  it.each(ofKind('.wxml'))('%s compiles without a warning', (path) => {
    expect(TmplGroup.newDev().addTmpl(path.slice(0, -5), text(path))).toEqual([])
  })

  it.each(ofKind('.wxml'))('%s calls no method, which would fail when it is rendered', (path) => {
    expect(methodCalls(text(path))).toEqual([])
  })

  it('a method call would be found', () => {
    expect(methodCalls('<view>{{ price.toFixed(2) }}</view>')).toHaveLength(1)
    expect(methodCalls('<view wx:if="{{(a || b) && c}}">{{a ? (b) : c}}</view>')).toEqual([])
  })

  it.each(ofKind('.wxml'))('%s uses only components that are declared, and every one that is', (path) => {
    const declared = Object.keys(componentsOf(path.replace(/wxml$/, 'json')))
    const used = new Set([...text(path).matchAll(/<([a-z]+(?:-[a-z]+)+)/g)].map(([, tag]) => tag))
    used.delete('page-meta')
    expect([...used].sort()).toEqual(declared.sort())
  })

  it.each(ofKind('.wxml'))('%s binds handlers that its code has', (path) => {
    const code = codeWithHandlers(path.replace(/wxml$/, 'ts'))
    const handlers = [...text(path).matchAll(/\sbind:?[a-z]+="(\w+)"/g)].map(([, handler]) => handler)
    for (const handler of handlers) expect(code).toMatch(new RegExp(`^ +(async )?${handler}\\(`, 'm'))
  })

  it.each(ofKind('.wxml'))('%s uses only classes that a style names or a test finds', (path) => {
    const styles = sheetsOf(path).map(text).join('\n')
    const styled = new Set([...styles.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name))
    const tests = filesBelow(projectPath('test/miniprogram')).map((file) =>
      readFileSync(projectPath(`test/miniprogram/${file}`), 'utf8'),
    )
    const classes = [...text(path).matchAll(/\sclass="([^"]*)"/g)]
      .flatMap(([, list = '']) => list.replace(/\{\{.*?\}\}/g, ' ').split(/\s+/))
      .filter((name) => name !== '')
    const unknown = classes.filter(
      (name) => !styled.has(name) && !tests.some((test) => test.includes(`.${name}`)),
    )
    expect(unknown).toEqual([])
  })
})

describe('references', () => {
  it.each(pages)('page %s has its files', (page) => {
    for (const ending of ['ts', 'json', 'wxml']) expect(FILES).toContain(`${page}.${ending}`)
  })

  it('every page and component of the folder is used', () => {
    const configs = ofKind('.json').filter((path) => /(^|\/)(pages|components)\//.test(path))
    const used = configs.flatMap((path) =>
      Object.values(componentsOf(path)).map((target) => resolved(path, target)),
    )
    const all = FILES.filter((path) => path.endsWith('.wxml')).map((path) => path.slice(0, -5))
    expect(all.sort()).toEqual([...new Set([...pages, ...used])].sort())
  })

  it('every picture that is named is there, and every one that is there is named', () => {
    const sources = [...ofKind('.wxml'), ...ofKind('.ts'), ...ofKind('.wxss')].map(text).join('\n')
    const named = new Set([...sources.matchAll(/['"]\/([\w-]+\/[\w/-]+\.svg)['"]/g)].map(([, path]) => path))
    expect([...named].sort()).toEqual(ofKind('.svg'))
  })

  it('every style that is imported is there', () => {
    for (const path of ofKind('.wxss')) {
      for (const [, target = ''] of text(path).matchAll(/@import\s+["']([^"']+)["']/g)) {
        expect(FILES).toContain(resolved(path, target))
      }
    }
  })

  it('every page that code leads to is there', () => {
    const sources = [...ofKind('.wxml'), ...ofKind('.ts')].map(text).join('\n')
    const named = [...sources.matchAll(/['"`]\/?((?:account\/)?pages\/[\w-]+\/[\w-]+)/g)].map(
      ([, path]) => path,
    )
    for (const path of named) expect(pages).toContain(path)
    const documents = [...sources.matchAll(/data-page="([\w-]+)"/g)].map(([, name = '']) => routeTo(name))
    for (const path of documents) expect(pages).toContain(path)
  })
})

describe('configuration', () => {
  it.each(ofKind('.json'))('%s says only what WeChat knows', (path) => {
    const known = KEYS[path] ?? UNIT_KEYS
    expect(Object.keys(json(path)).filter((key) => !known.includes(key))).toEqual([])
  })

  it('app.json loads pages on demand, checks privacy, and has its sitemap', () => {
    expect(app).toMatchObject({
      lazyCodeLoading: 'requiredComponents',
      __usePrivacyCheck__: true,
      style: 'v2',
    })
    expect(app['window']).toMatchObject({ navigationBarTitleText: 'AI 旅行助手' })
    expect(FILES).toContain(app['sitemapLocation'])
  })

  it('every page begins with WeChat’s font size', () => {
    const others = pages.filter(
      (page) => !text(`${page}.wxml`).startsWith('<page-meta root-font-size="system" />\n'),
    )
    expect(others).toEqual([])
  })

  it('theme.json has each variable of the configuration, light and dark', () => {
    const { light, dark } = json('theme.json') as Record<'light' | 'dark', Record<string, string>>
    const configs = ['app.json', ...pages.map((page) => `${page}.json`)].map(text).join('\n')
    const used = [...configs.matchAll(/"@(\w+)"/g)].map(([, name = '']) => name)
    expect(Object.keys(light).sort()).toEqual([...new Set(used)].sort())
    expect(Object.keys(dark)).toEqual(Object.keys(light))
  })

  it('project.config.json leads WeChat’s tools to the right places', () => {
    const project = JSON.parse(readFileSync(projectPath('project.config.json'), 'utf8'))
    expect(project).toMatchObject({
      appid: expect.stringMatching(/^(touristappid|wx[0-9a-f]{16})$/),
      compileType: 'miniprogram',
      miniprogramRoot: 'miniprogram/',
      cloudfunctionRoot: 'dist/cloudfunctions/',
      setting: { useCompilerPlugins: ['typescript'] },
    })
  })
})

describe('the login and the app that has it', () => {
  const ofLogin = FILES.filter((path) => isOfLogin(path))
  const ofApp = FILES.filter((path) => !isOfLogin(path) && path !== 'app.json')

  it('are apart: the login names no page, component, picture or style of the app', () => {
    const referencesOf = (path: string) => references(path).filter((target) => !isOfLogin(target))
    expect(ofLogin.flatMap((path) => referencesOf(path).map((target) => `${path}: ${target}`))).toEqual([])
  })

  it('are apart: no page of the login has the app’s styles', () => {
    const shared = pages.filter(
      (page) => isOfLogin(page) && json(`${page}.json`)['styleIsolation'] !== 'page-isolated',
    )
    expect(shared).toEqual([])
  })

  it('are apart: the login has no word of the app', () => {
    const words = [appConfig.appName, appConfig.defaultNickname, appConfig.content.name, 'trips']
    const named = ofLogin.filter((path) => words.some((word) => codeOf(path).includes(word)))
    expect(named).toEqual([])
  })

  it('meet in the login’s face, its components, styles and pages: the app uses nothing else of it', () => {
    const shared = /^auth\/(components|styles)\//
    const used = ofApp.flatMap(references).filter(isOfLogin)
    expect(used.filter((target) => !shared.test(target))).toEqual([])
  })
})

describe('the packages', () => {
  const kilobytes = (files: readonly string[]) => {
    const bytes = files.reduce((sum, path) => sum + packedBytes(path, Buffer.from(text(path))), 0)
    return Math.round((bytes / 1024) * 10) / 10
  }
  const ofMain = FILES.filter((path) => !path.startsWith('account/'))
  const mainKilobytes =
    AUTH_KILOBYTES +
    SHARED_KILOBYTES +
    ENGLISH_KILOBYTES.example +
    PAGE_KILOBYTES * (app['pages'] as string[]).length

  it.each([
    ['the main package', mainKilobytes, ofMain],
    ['of it, the login', AUTH_KILOBYTES, ofMain.filter(isOfLogin)],
    ['the subpackage', ACCOUNT_KILOBYTES, FILES.filter((path) => path.startsWith('account/'))],
  ] as const)('%s: at most %s KB', (name, most, files) => {
    console.log(`${name}: ${kilobytes(files)} KB`)
    expect(kilobytes(files)).toBeLessThanOrEqual(most)
  })

  it('hold nothing but what WeChat packs', () => {
    expect(FILES.filter((path) => !/\.(ts|json|wxml|wxss|svg)$/.test(path))).toEqual([])
  })

  it('the subpackage is loaded in advance from the first page, on any network', () => {
    const [first = ''] = pages
    expect(app['preloadRule']).toEqual({ [first]: { network: 'all', packages: ['account'] } })
  })

  it('are written in TypeScript that an older Babel of WeChat’s tools reads, and run on an older iOS', () => {
    // Inline type imports need Babel 7.16, `satisfies` 7.20; digits with _ iOS 13, a look-behind iOS 16.4.
    const tooNew =
      /import \{[^}]*\btype \w|\bsatisfies\b|\d_\d|\?\?=|\|\|=|\(\?<|\.(at|flat|finally|replaceAll)\(/
    expect(ofKind('.ts').filter((path) => tooNew.test(text(path)))).toEqual([])
  })

  it('call the cloud in one place', () => {
    expect(ofKind('.ts').filter((path) => text(path).includes('callFunction('))).toEqual([
      'auth/calls/cloud.ts',
    ])
  })
})

const UNIT_KEYS = [
  'component',
  'usingComponents',
  'navigationBarTitleText',
  'navigationStyle',
  'enablePullDownRefresh',
  'styleIsolation',
]
const SITEMAP_KEYS = ['desc', 'rules']
const APP_KEYS = [
  'darkmode',
  'themeLocation',
  'pages',
  'window',
  'style',
  'lazyCodeLoading',
  '__usePrivacyCheck__',
  'sitemapLocation',
  'subPackages',
  'preloadRule',
]

const KEYS: Record<string, string[]> = {
  'app.json': APP_KEYS,
  'sitemap.json': SITEMAP_KEYS,
  'theme.json': ['light', 'dark'],
}

/** Files of the login: its part of the main package and its subpackage. */
function isOfLogin(path: string): boolean {
  return /^(auth|account)\//.test(path)
}

/** The file without comments. */
function codeOf(path: string): string {
  return text(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

/** What a file names by a path from the root, and the style sheets and components that it uses. */
function references(path: string): string[] {
  const source = codeOf(path)
  const named = [...source.matchAll(/['"`]\/([\w-]+\/[\w/-]+(?:\.svg)?)/g)].map(([, target = '']) => target)
  const styles = [...source.matchAll(/@import\s+["']([^"']+)["']/g)].map(([, target = '']) =>
    resolved(path, target),
  )
  return [...named, ...styles]
}

function methodCalls(wxml: string): string[] {
  const expressions = [...wxml.matchAll(/\{\{(.*?)\}\}/gs)].map(([, expression = '']) => expression)
  return expressions.filter((expression) => /[\w\])]\s*\(/.test(expression.replace(/'[^']*'|"[^"]*"/g, '')))
}
