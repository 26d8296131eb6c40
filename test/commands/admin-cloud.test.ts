import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerIn } from '../../scripts/lib/admin/printed-answer.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { ProjectCopy } from '../support/project-copy.ts'

const TIMEOUT_MILLISECONDS = 120_000
const ENV = 'cloud1-5g2k8x1a9c0d3e7f'
const NUMBER = '13800138000'
const LOG = 'npx.log'
const CLAIMS = 'claims.log'

/**
 * Replaces npx, which would go to the network: writes down its arguments and the rights of the file that it is given, calls
 * the embedded cloud with what the file holds, and prints what the CLI prints. `NPX_FAILS` is printed in place of it.
 */
const STAND_IN = `const { appendFileSync, readFileSync, statSync } = require('node:fs')
const args = process.argv.slice(2)
const file = args[args.indexOf('--config-file') + 1]
appendFileSync(process.env.NPX_LOG, JSON.stringify({ args, file, mode: statSync(file).mode & 0o777 }) + '\\n')
if (process.env.NPX_FAILS) {
  console.error(process.env.NPX_FAILS)
  process.exit(1)
}
const { envId, functions: [{ name, params }] } = JSON.parse(readFileSync(file, 'utf8'))
appendFileSync(process.env.NPX_CLAIMS, Buffer.from(params.token.split('.')[1], 'base64url') + '\\n')
if (envId !== '${ENV}') process.exit(1)
const body = JSON.stringify({ function: name, data: params })
fetch(process.env.NPX_CLOUD + '/invoke', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  .then((response) => response.json())
  .then(({ result }) => console.log('✔ [admin] 调用成功\\n\\n运行时间：12.00ms\\n请求 Id ：1\\n返回结果：' + JSON.stringify(result) +
    '\\n调用日志：\\nSTART {RequestId: 1}\\n{"level":"info","requestId":"1"}\\nEND'))
`

let kit: CloudKit
let project: ProjectCopy
let userId: string
let environment: Record<string, string>

beforeAll(async () => {
  project = new ProjectCopy()
  await project.run('setup', ['--appid', 'wx0123456789abcdef', '--env', ENV])
  await project.run('secrets')
  const variables = Object.fromEntries(
    [...project.read('.env').matchAll(/^(LOGIN_SECRETS|INDEX_SECRET)="?([^"\n]*)"?$/gm)].map(
      ([, name, value]) => [name, value] as [string, string],
    ),
  )
  kit = await CloudKit.start({ variables })
  userId = (await kit.loginWithCode('oSomebody', NUMBER)).userInfo.id
  mkdirSync(project.path('bin'))
  project.write('bin/npx.cjs', STAND_IN)
  const shell = `#!/bin/sh\nexec "${process.execPath}" "${project.path('bin/npx.cjs')}" "$@"\n`
  writeFileSync(project.path('bin/npx'), shell, { mode: 0o755 })
  environment = {
    PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}`,
    NPX_LOG: project.path(LOG),
    NPX_CLAIMS: project.path(CLAIMS),
    NPX_CLOUD: kit.cloud.controlUrl,
  }
}, TIMEOUT_MILLISECONDS)
afterAll(async () => {
  await kit.stop()
  project.remove()
})
beforeEach(() => project.write(LOG, ''))

const admin = (words: readonly string[], more: Record<string, string> = {}, input = '') =>
  project.run('admin', [...words, '--cloud', '--name', 'zhang.san'], {
    environment: { ...environment, ...more },
    input,
  })
const calls = () =>
  project
    .read(LOG)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { args: string[]; file: string; mode: number })

describe('npm run admin -- … --cloud', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('finds, shows, disables and records on the deployed cloud', async () => {
    const found = await admin(['find', NUMBER])
    expect(found.errors).toBe('')
    expect(JSON.parse(found.output)).toMatchObject({ data: { users: [{ userId, phone: '138****8000' }] } })
    expect(JSON.parse((await admin(['show', userId])).output)).toMatchObject({ user: { userId } })
    const reason = '工单 {{1024}}，“引号” "与" \\ 反斜杠'
    const disabled = await admin(['disable', userId, '--reason', reason])
    expect(JSON.parse(disabled.output)).toMatchObject({ code: 200, data: { user: { status: 'disabled' } } })
    const { records } = JSON.parse((await admin(['records', userId, '--act', 'admin.disable'])).output)
    expect(records).toMatchObject([{ by: 'admin:zhang.san', outcome: 'done', reason }])
    expect((await admin(['enable', userId, '--reason', '申诉成立'])).code).toBe(0)
  })

  it('opens a revealed number on this machine alone', async () => {
    const { output } = await admin(['reveal', userId, '--reason', '用户来电核实'])
    expect(JSON.parse(output)).toMatchObject({ code: 200, data: { phone: `+86${NUMBER}` } })
    expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(NUMBER)
  })

  it('puts neither token nor number on a command line, and leaves no file', async () => {
    await admin(['find', '-'], {}, `${NUMBER}\n`)
    const [call] = calls()
    expect(call?.args.slice(0, 7)).toEqual([
      '--yes',
      '-p',
      expect.stringMatching(/^@cloudbase\/cli@\d+\.\d+\.\d+$/),
      'tcb',
      'fn',
      'invoke',
      'admin',
    ])
    expect(call?.args.slice(7)).toEqual(['-e', ENV, '--config-file', call?.file])
    expect(project.read(LOG)).not.toMatch(/eyJ|13800138000/)
    if (process.platform !== 'win32') expect(call?.mode).toBe(0o600)
    expect(existsSync(call?.file ?? '')).toBe(false)
    expect(existsSync(dirname(call?.file ?? ''))).toBe(false)
  })

  it('exports, and changes the people of the export', async () => {
    const file = project.path('users.csv')
    expect((await admin(['export', file])).errors).toContain('1 行 rows')
    expect(readFileSync(file, 'utf8')).toContain('138****8000')
    const words = ['end-sessions', '--from', file, '--reason', '手机丢失', '--yes']
    expect((await admin(words)).code).toBe(0)
    expect(kit.users({ _id: userId })[0]?.['sessions']).toEqual([])
  })

  it('a token for one call permits no more than that call needs', async () => {
    for (const [words, role] of [
      [['list'], 'look'],
      [['reveal', userId, '--reason', '来电核实'], 'reveal'],
      [['end-sessions', userId, '--reason', '手机丢失'], 'act'],
    ] as const) {
      await admin(words)
      const claims = project.read(CLAIMS).trim().split('\n').at(-1) ?? ''
      expect(JSON.parse(claims)).toMatchObject({ sub: 'zhang.san', may: [role] })
    }
  })

  it.each([
    ['请先登录 not logged in', 'tcb login'],
    ['FunctionNotFound', '上传并部署'],
    ['getaddrinfo ENOTFOUND', 'HTTPS_PROXY'],
  ])('says what to do when the CLI prints %s', async (printed, todo) => {
    const { code, output, errors } = await admin(['stats'], { NPX_FAILS: printed })
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain(todo)
    expect(errors.trim().split('\n')).toHaveLength(1)
  })

  it('a refusal has the exit code 1', async () => {
    const { code, output } = await admin(['disable', userId])
    expect(code).toBe(1)
    expect(JSON.parse(output)).toMatchObject({ code: 400, reason: 'BAD_REQUEST' })
  })
})

describe('the answer in what a CLI prints', () => {
  const answer = {
    code: 200,
    message: '成功',
    data: { text: '{"code":1}', list: [{ code: 2 }] },
    requestId: 'r',
  }

  it.each([
    [
      'as JSON among words',
      `✔ 成功 {x}\n返回结果：${JSON.stringify(answer)}\n{"level":"info","requestId":"r"}`,
    ],
    ['as a text in RetMsg', JSON.stringify({ RetMsg: JSON.stringify(answer), Log: '{"code":3}' })],
    ['in data of a later CLI', `[INFO] {\n${JSON.stringify({ data: { RetMsg: JSON.stringify(answer) } })}`],
  ])('is found %s', (_name, printed) => {
    expect(answerIn(printed)).toEqual(answer)
  })

  it.each([
    [''],
    ['{'],
    ['{"level":"info","requestId":"r"}'],
    ['{"RetMsg":"null"}'],
    ['{"RetMsg":{"code":200}}'],
  ])('is not found in %j', (printed) => {
    expect(answerIn(printed)).toBeUndefined()
  })
})
