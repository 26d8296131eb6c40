import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMPONENT_NAMES } from '../../emulator/phone/component-names.ts'
import { projectPath } from '../../scripts/project.ts'
import { PhoneKit } from './phone-kit.ts'

interface Supported {
  components: string[]
  openTypes: string[]
  wx: string[]
}

let kit: PhoneKit
let supported: Supported
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('test/fixtures-miniprogram'))
  const phone = await kit.phone('oReader')
  await phone.text('表单').waitFor()
  supported = await phone.screen
    .locator('body')
    .evaluate(() => (globalThis as unknown as { __phoneSupports: Supported }).__phoneSupports)
  await kit.finish()
})
afterAll(() => kit.stop())

/** The names between two comments of the README. */
function listed(section: string): string[] {
  const readme = readFileSync(projectPath('emulator/phone/README.md'), 'utf8')
  const part = readme.split(`<!-- ${section} -->`)[1]?.split(`<!-- /${section} -->`)[0] ?? ''
  return [...part.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort()
}

it.each([
  ['components', () => supported.components],
  ['open-types', () => supported.openTypes],
  ['wx', () => supported.wx],
])('the README lists all %s of the phone, and no other', (section, names) => {
  expect(listed(section)).toEqual([...names()].sort())
})

it('the compiler knows the components that the phone draws', () => {
  expect(supported.components.sort()).toEqual([...COMPONENT_NAMES].sort())
})
