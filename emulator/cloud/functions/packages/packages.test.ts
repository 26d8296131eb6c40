import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../../testing/written-functions.ts'

const dependencies = (names: object) => JSON.stringify({ dependencies: names })

let directory: string
let kit: FixtureCloud | undefined
beforeEach(() => {
  const description = dependencies({ greeting: 'file:../../greeting', 'wx-server-sdk': '~2.1.2' })
  directory = writeFunctions({
    'greeting/package.json': '{"name": "greeting", "version": "1.0.0"}',
    'greeting/index.js': 'module.exports = "hello"',
    'functions/one/package.json': description,
    'functions/one/index.js': 'exports.main = () => require("greeting")',
    'functions/two/package.json': description,
    'functions/two/index.js': 'exports.main = () => require("greeting")',
    'functions/lost/package.json': dependencies({ nothing: 'file:../../nothing.tgz' }),
    'functions/lost/index.js': 'exports.main = ({ isNeeded }) => isNeeded ? require("nothing") : "runs"',
    'functions/unused/package.json': dependencies({ nothing: '1.0.0' }),
    'functions/unused/index.js': 'exports.main = () => "runs"',
  })
})
afterEach(async () => {
  await kit?.stop()
  kit = undefined
  rmSync(directory, { recursive: true, force: true })
})

async function start(installsMissingPackages: boolean): Promise<FixtureCloud> {
  kit = await FixtureCloud.start({
    functionsDirectory: join(directory, 'functions'),
    installsMissingPackages,
  })
  return kit
}

it('a package that is not installed is named with what installs it, and only who needs it fails', async () => {
  const { control, cloud } = await start(false)
  const { errMsg } = await control.post('invoke', { function: 'one', openid: 'oAlice' })
  expect(errMsg).toMatch(/'greeting' \(one\/index\.js:1\).*--install/)
  expect((await control.post('invoke', { function: 'unused', openid: 'oAlice' })).result).toBe('runs')
  expect(cloud.packages.missing()).toContainEqual({ functionName: 'one', packages: ['greeting'] })
  const { functions } = await control.get('functions')
  expect(functions.find(({ name }) => name === 'two')?.missingPackages).toEqual(['greeting'])
})

it('a package is installed beside the data, once for each set of packages', async () => {
  const { control, directory: data } = await start(true)
  const answers = ['one', 'two'].map((name) => control.post('invoke', { function: name, openid: 'oAlice' }))
  expect((await Promise.all(answers)).map(({ result }) => result)).toEqual(['hello', 'hello'])
  expect(readdirSync(join(data, 'packages'))).toHaveLength(1)
  expect(existsSync(join(directory, 'functions/one/node_modules'))).toBe(false)
  expect(existsSync(join(directory, 'functions/one/package-lock.json'))).toBe(false)
}, 60_000)

it('a failed installation answers npm’s words to who needs it, and leaves nothing behind', async () => {
  const { control, directory: data } = await start(true)
  const call = (isNeeded: boolean) =>
    control.post('invoke', { function: 'lost', openid: 'oAlice', data: { isNeeded } })
  expect((await call(true)).errMsg).toMatch(/'nothing' \(lost\/index\.js:1\).*npm install .*nothing\.tgz/)
  expect((await call(false)).result).toBe('runs')
  expect(readdirSync(join(data, 'packages'))).toEqual([])
}, 60_000)
