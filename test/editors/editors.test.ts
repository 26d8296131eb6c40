import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { LanguageServer } from './language-server.ts'

/** In which something else is typed; no file imports them. */
const FUNCTION = 'cloudfunctions/logout/index.ts'
const PAGE = 'miniprogram/pages/index/index.ts'

let server: LanguageServer
beforeAll(async () => {
  server = await LanguageServer.start()
})
afterAll(() => server.stop())

describe('an editor finds no error in', () => {
  it.each([
    ['a page', 'miniprogram/pages/index/index.ts'],
    ['the auth module', 'miniprogram/auth/index.ts'],
    ['a function', 'cloudfunctions/login/login.ts'],
    ['a function that calls WeChat', 'cloudfunctions/account/check-nickname.ts'],
    ['the contract', 'contract/answer.ts'],
    ['a test', 'test/editors/editors.test.ts'],
    ['the cloud', 'emulator/cloud/functions/functions.ts'],
    ['the console', 'emulator/console/browser/main.tsx'],
    ['the phone', 'emulator/phone/browser/main.ts'],
  ])('%s: %s', async (_name, path) => {
    server.open(path)
    expect(await server.diagnostics(path)).toEqual([])
  })
})

it('an editor finds a real error', async () => {
  server.open(FUNCTION, "export const wrong: number = 'text'")
  expect(await server.diagnostics(FUNCTION)).toHaveLength(1)
  server.close(FUNCTION)
})

const SDK = "import cloud from 'wx-server-sdk'\n"
const CONTRACT =
  "import type { LoginRequest } from '../../../contract/login.ts'\nexport const request: LoginRequest = {} as LoginRequest\n"

describe('an editor offers', () => {
  it.each([
    ['interfaces of wx', PAGE, 'wx.', 'login'],
    ['fields of the contract', PAGE, `${CONTRACT}request.`, 'phoneCode'],
    ['server interfaces', FUNCTION, `${SDK}cloud.openapi.`, 'phonenumber'],
    ['the number of a code', FUNCTION, `${SDK}cloud.openapi.phonenumber.`, 'getPhoneNumber'],
    [
      'fields of an answer',
      FUNCTION,
      `${SDK}const answer = await cloud.openapi.phonenumber.getPhoneNumber({ code: '' })\nanswer.phoneInfo.`,
      'purePhoneNumber',
    ],
    ['the database', FUNCTION, `${SDK}cloud.database().`, 'collection'],
  ])('%s', async (_name, path, text, offered) => {
    server.open(path, text)
    expect(await server.completions(path, text)).toContain(offered)
    server.close(path)
  })

  it('what WeChat has and the emulator does not know, without types', async () => {
    const calls = "export const read = async () => (await cloud.openapi.ocr.idcard({ imgUrl: '' })).id.trim()"
    server.open(
      FUNCTION,
      `${SDK}${calls}\nexport const pay = () => cloud.cloudPay.unifiedOrder({ body: '' })\n`,
    )
    expect(await server.diagnostics(FUNCTION)).toEqual([])
    server.close(FUNCTION)
  })
})

const ANSWERS = 'emulator/cloud/openapi/answers/answers.ts'

it.each([
  ['that has types and no answer', (text: string) => text.replace(/^ *'urllink.generate'.*\n/m, '')],
  [
    'that has an answer and no types',
    (text: string) => text.replace("'urllink.generate'", "'urllink.other': done,\n    'urllink.generate'"),
  ],
])('a server interface %s is an error', async (_name, edit) => {
  const text = readFileSync(projectPath(ANSWERS), 'utf8')
  server.open(ANSWERS, edit(text))
  expect(await server.diagnostics(ANSWERS)).not.toEqual([])
  server.close(ANSWERS)
})

it('the types for other projects are in the package', () => {
  const { exports } = JSON.parse(readFileSync(projectPath('emulator/package.json'), 'utf8')) as {
    exports: Record<string, unknown>
  }
  expect(exports).toMatchObject({
    './openapi': { types: './sdk-types/openapi.d.ts' },
    './wx-server-sdk': { types: './sdk-types/wx-server-sdk.d.ts' },
  })
})
