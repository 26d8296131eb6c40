import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from '@babel/parser'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { login, logout } from '../phone/login-steps.ts'
import { PhoneKit } from '../phone/phone-kit.ts'
import { convertMiniProgram, writeFiles } from './converted.ts'
import { typeErrors } from './type-errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'javascript-'))
const files = convertMiniProgram()
let kit: PhoneKit
beforeAll(async () => {
  writeFiles(folder, files)
  kit = await PhoneKit.start(folder)
})
afterEach(() => kit.finish())
afterAll(async () => {
  await kit.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('nothing of TypeScript is left in the scripts', () => {
  const scripts = [...files].filter(([path]) => path.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(60)
  for (const [path, text] of scripts) {
    // A script, not a module: `import` and `export` would fail as well.
    expect(() => parse(text, { sourceType: 'script' }), path).not.toThrow()
  }
  expect([...files.keys()].filter((path) => /(?<!\.d)\.ts$/.test(path))).toEqual([])
})

it('the JSDoc types hold under every strict check of the compiler', () => {
  const options = {
    extends: projectPath('tsconfig.miniprogram.json'),
    compilerOptions: { allowJs: true, checkJs: true, typeRoots: [projectPath('node_modules')] },
    include: ['.'],
  }
  // `import` would be an error in CommonJS; there is none.
  const commonJs = { verbatimModuleSyntax: false, isolatedModules: false, module: 'commonjs' }
  Object.assign(options.compilerOptions, commonJs)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
  expect(typeErrors(folder)).toBe('')
})

it('the compiler finds a wrong type in the converted scripts', () => {
  const wrong = join(folder, 'wrong.js')
  writeFileSync(wrong, "const { failed } = require('./auth/index')\nfailed('NO_SUCH_REASON')\n")
  expect(typeErrors(folder)).toContain('wrong.js(2,8): error TS2345')
  rmSync(wrong)
})

it('the mini-program as JavaScript logs a user in and out', async () => {
  const phone = await kit.phone('oJavaScript')
  await login(phone)
  await phone.text(/^120\*{4}\d{4}$/).waitFor()
  await logout(phone)
})
