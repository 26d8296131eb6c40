import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CloudKit, succeeded } from '../../../test/support/cloud-kit.ts'
import { buildFunctions } from '../build/build-functions.ts'
import { projectPath } from '../project.ts'
import { buildSdk, buildSdkOf } from './build-sdk.ts'

/** A folder in the project, so that what the SDK needs itself is found above it. */
let folder: string
const sdkFile = (name: string) => join(folder, 'node_modules', name)
beforeEach(() => {
  mkdirSync(projectPath('node_modules/.cache'), { recursive: true })
  folder = mkdtempSync(projectPath('node_modules/.cache/changed-sdk-'))
  for (const name of ['wx-server-sdk', '@cloudbase/node-sdk'])
    cpSync(projectPath(`node_modules/${name}`), sdkFile(name), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const WHOLE = expect.stringMatching(/^wx-server-sdk [\d.]+ .*整个打包.* · .*bundled whole/)

it('an SDK that lacks an import that the build knows is bundled whole with one warning, and a login works', async () => {
  const file = sdkFile('@cloudbase/node-sdk/dist/cloudbase.js')
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, source.replace('require("./ai")', '{}'))
  expect(readFileSync(file, 'utf8')).not.toBe(source)
  const target = join(folder, 'functions')
  const warnings: string[] = []
  await buildFunctions({
    source: projectPath('cloudfunctions'),
    target,
    sdkFolder: folder,
    onWarning: (line) => warnings.push(line),
  })
  expect(warnings).toEqual([WHOLE])
  expect(warnings[0]).toContain('no import of ./ai')
  const kit = await CloudKit.start({ functionsDirectory: target })
  try {
    const { token } = await kit.loginWithCode('oWhole')
    succeeded(await kit.checkToken('oWhole', { token }))
  } finally {
    await kit.stop()
  }
}, 60_000)

it('an SDK that uses a module at once that the build would load late is bundled whole', async () => {
  appendFileSync(
    sdkFile('@cloudbase/node-sdk/dist/cloudbase.js'),
    '\nexports.early = axios_1.default.create\n',
  )
  const { files, warning } = await buildSdkOf(folder)
  expect(warning).toEqual(WHOLE)
  expect(warning).toContain('sdk-rest.js is loaded at once')
  expect([...files.keys()]).toEqual(['sdk.js'])
}, 60_000)

it('an SDK that cannot be loaded at all is named with what it says', async () => {
  appendFileSync(sdkFile('wx-server-sdk/index.js'), '\nthrow new Error("no such platform")\n')
  const { warning } = await buildSdkOf(folder)
  expect(warning).toEqual(WHOLE)
  expect(warning).toContain('does not load: Error: no such platform')
}, 60_000)

it('jsonwebtoken asks for the version of Node without semver, and signs with RSA-PSS keys as the package does', async () => {
  const { files } = await buildSdk()
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  expect(files.get('sdk-token.js')?.includes('semver/')).toBe(false)
  const load = createRequire(join(folder, 'sdk.js'))
  const { jsonwebtoken: built } = load('./sdk.js') as { jsonwebtoken: typeof jwt }
  const keyFor = (hashAlgorithm: string) =>
    generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm, mgf1HashAlgorithm: hashAlgorithm })
      .privateKey
  const [good, wrong] = [keyFor('sha256'), keyFor('sha512')]
  const outcome = (sign: typeof jwt.sign, key: typeof good) => {
    try {
      return sign({}, key, { algorithm: 'PS256' }).split('.').length
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(outcome(built.sign, good)).toBe(3)
  for (const key of [good, wrong]) expect(outcome(built.sign, key)).toBe(outcome(jwt.sign, key))
}, 60_000)
