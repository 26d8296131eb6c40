import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { type Run, runScript } from '../support/run-script.ts'
import { commitAll, SMALL_APP, snapshot, write, writeApp } from './small-app.ts'

let app: string
beforeEach(() => {
  app = writeApp()
})
afterEach(() => rmSync(app, { recursive: true, force: true }))

const add = (args: string[], input?: string): Promise<Run> =>
  runScript('add', ['--to', app, ...args], input === undefined ? {} : { input })

it('--dry-run names every file and edit, and writes nothing', async () => {
  const { output, code } = await add(['--dry-run'])
  expect(code).toBe(0)
  expect(output).toContain('+ miniprogram/auth/index.js')
  expect(output).toContain('+ functions/login/index.js')
  expect(output).toContain('+  "lazyCodeLoading": "requiredComponents"')
  expect(output).toContain('+installLogin()')
  expect(output).toContain('a dry run: nothing was written')
  expect(snapshot(app)).toEqual(SMALL_APP)
})

it('asks for what has a choice, refuses an impossible answer, and writes nothing without a yes', async () => {
  const questions = ['茶', '/pages/none/none', '/pages/home/home', 'green', '#07c160', '']
  const { output, errors, code } = await add([], [...questions, 'n', ''].join('\n'))
  expect(code).toBe(1)
  expect(output).toContain('应用名 · name [茶馆]')
  expect(output).toContain('--home pages/none/none')
  expect(output).toContain('--theme green')
  expect(errors).toContain('什么都没有写入 · nothing was written\n')
  expect(snapshot(app)).toEqual(SMALL_APP)
})

it.each<[string, () => void, RegExp]>([
  ['no project', () => rmSync(join(app, 'project.config.json')), /^没有小程序：.* no mini-program there/],
  ['no app.json', () => rmSync(join(app, 'miniprogram/app.json')), /^没有小程序：.*app\.json/],
  ['no app.js', () => rmSync(join(app, 'miniprogram/app.js')), /^没有小程序：缺少 miniprogram\/app\.js/],
  [
    'a broken app.json',
    () => write(app, 'miniprogram/app.json', '{\n "pages": [\n'),
    /^miniprogram\/app\.json:\d JSON/,
  ],
  ['no pages', () => write(app, 'miniprogram/app.json', '{}'), /没有 pages/],
  ['a broken record', () => write(app, '.wechat-phone-login.json', '{}'), /读不懂/],
  [
    'uncommitted changes',
    () => {
      commitAll(app)
      write(app, 'miniprogram/new.js', '')
    },
    /^有 1 个未提交的文件（miniprogram\/new\.js …）/,
  ],
])('refuses %s in one line', async (_what, change, line) => {
  change()
  const before = snapshot(app)
  const { errors, output, code } = await add(['--yes'])
  const lines = errors.split('\n').filter((text) => text !== '' && !text.startsWith('提示 note:'))
  expect([code, output, lines]).toEqual([1, '', [expect.stringMatching(line)]])
  expect(snapshot(app)).toEqual(before)
})

it('refuses to take out what it has not put in', async () => {
  const { errors, code } = await add(['--remove', '--yes'])
  expect([code, errors]).toEqual([1, expect.stringContaining('this command did not add the login here')])
})

describe('with git', () => {
  it('what it wrote itself needs no commit; git undoes all of it', async () => {
    commitAll(app)
    expect((await add(['--yes'])).code).toBe(0)
    expect((await add(['--yes'])).output).toContain('nothing to change')
    write(app, 'miniprogram/new.js', '')
    expect((await add(['--remove', '--yes'])).code).toBe(1)
    expect((await add(['--remove', '--yes', '--dirty'])).code).toBe(0)
    rmSync(join(app, 'miniprogram/new.js'))
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: app, encoding: 'utf8' })).toBe('')
    expect(snapshot(app)).toEqual(SMALL_APP)
  })
})

it('the packed package adds the login in a folder that has nothing of this project, and installs nothing', () => {
  const outside = join(app, 'package')
  mkdirSync(outside)
  const npm = process.env['npm_execpath'] ?? 'npm'
  const [program, first] = npm.endsWith('js') ? [process.execPath, [npm]] : [npm, []]
  const shell = program === 'npm' && process.platform === 'win32'
  const pack = ['pack', '--silent', '--pack-destination', outside]
  execFileSync(program, [...first, ...pack], {
    cwd: projectPath('.'),
    shell,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [archive = ''] = readdirSync(outside)
  execFileSync('tar', ['-xzf', archive, '--strip-components=1'], { cwd: outside })
  rmSync(join(outside, archive))
  const command = join(outside, 'dist/add/command.mjs')
  const target = writeApp()
  try {
    commitAll(target)
    // As npx is used: the package lies in the app's folder.
    writeFileSync(join(target, archive), '')
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [command, ...args], {
        cwd: target,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] },
      })
    expect(run().stderr).toContain('npx wechat-phone-login add')
    expect(run('add', '--yes')).toMatchObject({ status: 0, stderr: '' })
    expect(snapshot(target)['functions/login/index.js']).toContain('exports')
    expect(run('add', '--remove', '--yes')).toMatchObject({ status: 0, stderr: '' })
    expect(snapshot(target)).toEqual({ ...SMALL_APP, [archive]: '' })
  } finally {
    rmSync(target, { recursive: true })
  }
}, 120_000)
