import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plugin } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KeptBundles } from '../kept-bundles.ts'
import { buildFunctions, type FunctionBundle } from './build-functions.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'build-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const paths = () => ({ source: join(directory, 'source'), target: join(directory, 'target') })

function write(path: string, text: string): string {
  const file = join(directory, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
  return file
}

describe('a build', () => {
  it('makes one CommonJS file with main, config.json and package.json of each function, and of nothing else', async () => {
    write('source/shared/noun.ts', 'export const noun: string = "bundled"')
    write(
      'source/hello/index.ts',
      'import { noun } from "../shared/noun.ts"\nexport const main = async () => noun',
    )
    write('source/hello/config.json', '{"permissions":{"openapi":["a.b"]}}')
    expect((await buildFunctions(paths())).map(({ name }) => name)).toEqual(['hello'])
    const built = join(directory, 'target/hello')
    const { main } = createRequire(import.meta.url)(join(built, 'index.js'))
    expect(await main()).toBe('bundled')
    expect(JSON.parse(readFileSync(join(built, 'config.json'), 'utf8'))).toEqual({
      permissions: { openapi: ['a.b'] },
    })
    expect(JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'))).toMatchObject({ main: 'index.js' })
  })

  it('removes functions that are gone, and leaves files alone that stay the same', async () => {
    write('source/hello/index.ts', 'export const main = () => 1')
    write('target/gone/index.js', '')
    await buildFunctions(paths())
    const before = statSync(join(directory, 'target/hello/index.js')).mtimeMs
    await buildFunctions(paths())
    expect(statSync(join(directory, 'target/hello/index.js')).mtimeMs).toBe(before)
    expect(() => statSync(join(directory, 'target/gone'))).toThrow()
  })

  it('takes from an earlier build what has not changed, and misses no save, not even during a build', async () => {
    const kept = new KeptBundles<FunctionBundle>()
    const noun = write('source/shared/noun.ts', 'export const noun = "first"')
    for (const name of ['one', 'two'])
      write(
        `source/${name}/index.ts`,
        `import { noun } from '../shared/noun.ts'\nexport const main = () => noun + '${name}'`,
      )
    write('source/three/index.ts', 'export const main = () => "three"')
    let loaded: string[] = []
    let onNoun = () => {}
    const plugin: Plugin = {
      name: 'loads',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\.ts$/ }, ({ path }) => {
          loaded.push(relative(join(directory, 'source'), path).replaceAll(sep, '/'))
          const contents = readFileSync(path, 'utf8')
          if (path === noun) onNoun()
          return { contents, loader: 'ts' }
        }),
    }
    const loads = async () => {
      loaded = []
      await buildFunctions({ ...paths(), kept, plugins: [plugin] })
      return loaded.sort()
    }
    const built = (name: string) => readFileSync(join(directory, 'target', name, 'index.js'), 'utf8')
    await sleep(1100)
    expect(await loads()).toHaveLength(4)
    expect(await loads()).toEqual([])
    onNoun = () => writeFileSync(noun, 'export const noun = "third"')
    writeFileSync(noun, 'export const noun = "second"')
    expect(await loads()).toEqual(['one/index.ts', 'shared/noun.ts', 'two/index.ts'])
    expect(built('two')).toContain('"second"')
    onNoun = () => {}
    expect(await loads()).toEqual(['one/index.ts', 'shared/noun.ts', 'two/index.ts'])
    expect(built('one')).toContain('"third"')
    expect(built('two')).toContain('"third"')
    expect(built('three')).toContain('"three"')
  })

  it('packages the variables of a .env that functions know, and takes them away again', async () => {
    write('source/hello/index.ts', 'export const main = () => 1')
    const environmentFile = write('.env', 'LOGIN_SECRETS=k1:a\nINDEX_SECRET=b\nOTHER=c\n')
    await buildFunctions({ ...paths(), environmentFile })
    const packaged = join(directory, 'target/hello/env.json')
    expect(JSON.parse(readFileSync(packaged, 'utf8'))).toEqual({ LOGIN_SECRETS: 'k1:a', INDEX_SECRET: 'b' })
    expect(statSync(join(directory, 'target')).mode & 0o077).toBe(0)
    chmodSync(join(directory, 'target'), 0o755)
    await buildFunctions({ ...paths(), environmentFile })
    expect(statSync(join(directory, 'target')).mode & 0o077).toBe(0)
    // A build for this machine alone leaves what is packaged for a deployment.
    await buildFunctions(paths())
    expect(statSync(packaged).isFile()).toBe(true)
    rmSync(environmentFile)
    await buildFunctions({ ...paths(), environmentFile })
    expect(() => statSync(packaged)).toThrow()
  })

  it.each([
    ['a mistake in the code', 'source/bad/index.ts', 'export const main = (', 'index.ts:1'],
    ['an import of what is not there', 'source/bad/index.ts', 'import "./nothing.ts"', 'nothing.ts'],
    ['a config.json that is none', 'source/bad/config.json', '{', 'config.json'],
  ])('says where %s is, and leaves the last good build', async (_name, file, text, place) => {
    write('source/bad/index.ts', 'export const main = () => "good"')
    await buildFunctions(paths())
    write(file, text)
    await expect(buildFunctions(paths())).rejects.toThrow(place)
    expect(readFileSync(join(directory, 'target/bad/index.js'), 'utf8')).toContain('good')
  })

  it.each([
    ['CommonJS, exports.main', 'index.js', 'exports.main = async () => "hello"'],
    ['CommonJS, module.exports', 'index.js', 'module.exports = { main: () => "hello" }'],
    ['an ES module in JavaScript', 'index.js', 'export const main = () => "hello"'],
    ['a module beside it', 'index.js', 'exports.main = () => require("./lib/text").text'],
    ['a package of its own', 'index.js', 'exports.main = () => require("greeting")'],
    ['TypeScript that exports as CommonJS does', 'index.ts', 'exports.main = (): string => "hello"'],
  ])('takes a function that is %s, without a config.json', async (_name, file, code) => {
    write(`source/hello/${file}`, code)
    write('source/hello/package.json', '{"name":"hello","main":"index.js"}')
    write('source/hello/lib/text.js', 'exports.text = "hello"')
    write('source/hello/node_modules/greeting/index.js', 'module.exports = "hello"')
    const warnings: string[] = []
    await buildFunctions({ ...paths(), onWarning: (line) => warnings.push(line) })
    expect(warnings).toEqual([])
    const { main } = createRequire(import.meta.url)(join(directory, 'target/hello/index.js'))
    expect(await main()).toBe('hello')
    expect(JSON.parse(readFileSync(join(directory, 'target/hello/config.json'), 'utf8'))).toEqual({
      permissions: { openapi: [] },
    })
  })

  it.each([
    ['takes jsonwebtoken from the SDK where it only signs', "jwt.sign({}, 'key')", 'require("./sdk.js")'],
    ['bundles jsonwebtoken where it also verifies', "jwt.verify(jwt.sign({}, 'key'), 'key')", 'bundled here'],
    ['bundles jsonwebtoken where it is passed on', 'Object.keys(jwt)', 'bundled here'],
  ])('%s', async (_name, use, expected) => {
    write('source/hello/index.ts', `import jwt from 'jsonwebtoken'\nexport const main = () => ${use}`)
    write('source/hello/node_modules/jsonwebtoken/index.js', 'exports.sign = () => "bundled here"')
    await buildFunctions(paths())
    expect(readFileSync(join(directory, 'target/hello/index.js'), 'utf8')).toContain(expected)
  })

  it.each([
    ['what the bundler says', 'source/hello/index.js', 'exports.main = () => ({ a: 1, a: 2 })', 'index.js:1'],
    ['a folder that is no function', 'source/notes/main.js', 'exports.main = () => 1', 'notes/'],
    ['a function without main', 'source/hello/index.ts', 'export { noun } from "../shared/noun.ts"', 'main'],
    ['two entries', 'source/hello/index.js', 'exports.main = () => 1', 'index.ts'],
  ])('warns of %s, and builds', async (_name, file, code, place) => {
    write('source/shared/noun.ts', 'export const noun = 1')
    write('source/hello/index.ts', 'import { noun } from "../shared/noun.ts"\nexport const main = () => noun')
    if (file.endsWith('hello/index.js')) {
      if (place === 'index.js:1') rmSync(join(directory, 'source'), { recursive: true })
    }
    write(file, code)
    const warnings: string[] = []
    const built = await buildFunctions({ ...paths(), onWarning: (line) => warnings.push(line) })
    expect(built.map(({ name }) => name)).toEqual(['hello'])
    expect(warnings).toEqual([expect.stringContaining(place)])
  })

  const LOGIN_NAMES =
    "users: 'people', audit_logs: 'audit_logs', avatars: 'avatars', closed_accounts: 'closed_accounts', rate_limits: 'rate_limits', daily_counts: 'daily_counts'"

  it.each([
    ['two equal names', LOGIN_NAMES.replace("'avatars'", "'people'"), [], '"people"'],
    ['the name of an owned collection', LOGIN_NAMES, ['people'], '"people"'],
    ['an owned collection that the login calls so', LOGIN_NAMES, ['users'], 'OWNED_COLLECTIONS "users"'],
    ['an empty name', LOGIN_NAMES.replace("'people'", "''"), [], 'COLLECTION_NAMES.users ""'],
    ['an impossible name', LOGIN_NAMES.replace("'people'", "'a$b'"), [], 'COLLECTION_NAMES.users "a$b"'],
    ['an impossible owned name', LOGIN_NAMES, ['用户'], 'OWNED_COLLECTIONS "用户"'],
    ['a collection that is none of the login’s', `${LOGIN_NAMES}, user: 'u'`, [], 'COLLECTION_NAMES.user:'],
    ['a missing name', LOGIN_NAMES.replace(/, avatars.*? c/, ', c'), [], 'COLLECTION_NAMES.avatars:'],
  ])('rejects %s among the names of collections, with its place', async (_name, names, owned, place) => {
    const config = (table: string, list: readonly string[]) =>
      `export const COLLECTION_NAMES = { ${table} }\nexport const OWNED_COLLECTIONS = ${JSON.stringify(list)}`
    write('source/hello/index.ts', 'export const main = () => 1')
    write('source/app-config.ts', config(LOGIN_NAMES, ['trips']))
    await buildFunctions(paths())
    write('source/app-config.ts', config(names, owned))
    const line = expect.stringMatching(/^[^\n]*app-config\.ts: [^\n]*$/)
    await expect(buildFunctions(paths())).rejects.toMatchObject({ message: line })
    await expect(buildFunctions(paths())).rejects.toThrow(place)
  })

  it('of a folder without functions says so', async () => {
    await expect(buildFunctions(paths())).rejects.toThrow('no function')
  })
})
