import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { adviceFor } from '../../scripts/lib/deployment/failure.ts'
import { MINIPROGRAM_CI } from '../../scripts/lib/deployment/tools.ts'
import { ProjectCopy, type Run } from '../support/project-copy.ts'

// Each run checks the types, which takes long on a busy machine.
const TIMEOUT_MILLISECONDS = 120_000
const APPID = 'wx0123456789abcdef'
const KEY = `private.${APPID}.key`
const KEY_TEXT = 'the-text-of-an-upload-key'
const LOG = 'npx.log'

let project: ProjectCopy
const deploy = (args: readonly string[]): Promise<Run> =>
  project.run('deploy', args, {
    environment: { PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}` },
  })
const asked = () =>
  existsSync(project.path(LOG)) ? readFileSync(project.path(LOG), 'utf8').trim().split('\n') : []

/** Replaces npx, which would go to the network: writes down its arguments, prints a line, and ends with `code`. */
function npx(code: number, prints = ''): void {
  mkdirSync(project.path('bin'), { recursive: true })
  const script = `#!/bin/sh\necho "$@" >> ${project.path(LOG)}\necho "${prints}" >&2\nexit ${code}\n`
  writeFileSync(project.path('bin/npx'), script, { mode: 0o755 })
  rmSync(project.path(LOG), { force: true })
}

function fillIn(): void {
  for (const name of [
    'user-agreement',
    'privacy-policy',
    'english-user-agreement',
    'english-privacy-policy',
  ]) {
    const file = `miniprogram/account/legal/${name}.ts`
    project.write(file, project.read(file).replaceAll(/【[^】]+】/g, '示例公司'))
  }
}

beforeAll(async () => {
  project = new ProjectCopy()
  await project.run('setup', ['--appid', APPID, '--env', 'cloud1-5g2k8x1a9c0d3e7f'])
}, TIMEOUT_MILLISECONDS)
afterAll(() => project.remove())
beforeEach(() => {
  npx(0)
  project.write(KEY, KEY_TEXT)
})

describe('npm run deploy -- upload and preview', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it.each([
    [['upload', '--version', '1 2'], '--version'],
    [['upload', '--robot', '31'], '--robot'],
    [['upload', '--desc', 'a "quoted" text'], '--desc'],
    [['upload', '--desc', 'a && b'], '--desc'],
    [['uplaod'], 'uplaod'],
  ])('%j is refused before anything is sent', async (args, named) => {
    const { errors, code } = await deploy([...args, '--yes'])
    expect(code).toBe(1)
    expect(errors.split('\n')[0]).toContain(named)
    expect(asked()).toEqual([])
  })

  it('refuse texts of the agreement that are to be filled in, for a version but not for a preview', async () => {
    const upload = await deploy(['upload', '--yes'])
    expect(upload.code).toBe(1)
    expect(upload.errors).toContain('【')
    expect(upload.errors.trim()).not.toContain('\n')
    const preview = await deploy(['preview', '--yes', '--qrcode', 'dist/preview.jpg'])
    expect(preview.code).toBe(0)
    expect(asked()).toHaveLength(1)
    expect(asked()[0]).toContain('--qrcode-format image --qrcode-output-dest dist/preview.jpg')
  })

  it('upload shows the exact command and sends nothing, then sends that with --yes, and tells no key', async () => {
    fillIn()
    const args = ['upload', '--version', '1.2.3', '--desc', '修复登录', '--robot', '2']
    const shown = await deploy(args)
    expect(shown).toMatchObject({ errors: '', code: 0 })
    expect(shown.output).toContain('a dry run')
    expect(asked()).toEqual([])
    const sent = await deploy([...args, '--yes'])
    expect(sent.code).toBe(0)
    const [command = ''] = asked()
    expect(shown.output).toContain(`npx ${command}`)
    expect(command).toContain(`${MINIPROGRAM_CI} miniprogram-ci upload --pp . --pkp ${KEY} --appid ${APPID}`)
    expect(command).toContain('--uv 1.2.3 --ud 修复登录 -r 2 --use-project-config true')
    expect(shown.output + sent.output + sent.errors).not.toContain(KEY_TEXT)
  })

  it('without the upload key say where to get it', async () => {
    rmSync(project.path(KEY))
    const { errors, code } = await deploy(['upload', '--yes'])
    expect([code, asked()]).toEqual([1, []])
    expect(errors).toContain('小程序代码上传')
  })

  it('say what to do about an address that is not on the whitelist', async () => {
    npx(1, 'Error: invalid ip: 203.0.113.7, reference: https://developers.weixin.qq.com')
    const { errors, code } = await deploy(['preview', '--yes'])
    expect(code).toBe(1)
    expect(errors).toContain('203.0.113.7')
    expect(errors).toContain('IP 白名单')
  })

  it('refuse source that does not compile, changes that are not committed, and a key that git has', async () => {
    const file = 'miniprogram/services/trips.ts'
    const good = project.read(file)
    project.write(file, `${good}\nexport const wrong: number = 'text'\n`)
    expect((await deploy(['preview', '--yes'])).errors).toContain('error TS')
    project.write(file, good)
    const git = 'git -c user.name=a -c user.email=a@b'
    await project.shell(`git init -q && git add -A && ${git} commit -qm first`)
    project.write(file, `${good}\n// later\n`)
    const changed = await deploy(['preview', '--yes'])
    expect(changed.errors).toContain('--uncommitted')
    expect(changed.errors).toContain(file)
    expect((await deploy(['preview', '--yes', '--key', 'README.md'])).errors).toContain('git rm --cached')
    project.write('upload.pem', KEY_TEXT)
    expect((await deploy(['preview', '--yes', '--key', 'upload.pem'])).errors).toContain(
      'private.<appid>.key',
    )
    expect(asked()).toEqual([])
    expect((await deploy(['preview', '--yes', '--uncommitted'])).code).toBe(0)
    expect(asked()).toHaveLength(1)
  })
})

it.each([
  ['Error: invalid ip: 203.0.113.7', 'IP 白名单'],
  ['Error: {"errCode":-10005,"errMsg":"private key wrong"}', '重置'],
  ['env not found', 'npm run setup'],
  ['ResourceNotFound.Function', '上传并部署'],
  ['please login: not logged in', 'tcb login'],
  ['Error: source size 2100KB exceed max limit 2MB', '2 MB'],
  ['getaddrinfo ENOTFOUND servicewechat.com', 'HTTPS_PROXY'],
  ['npm error code ETARGET', 'registry'],
  ['something new', 'docs/zh-CN/troubleshooting.md'],
])('of %j it says what to do', (printed, todo) => {
  expect(adviceFor(printed)).toContain(todo)
})
