import { describe, expect, it } from 'vitest'
import { findViolations } from './find-violations.ts'

const check = (files: Record<string, string>) => findViolations(new Map(Object.entries(files)))

describe('the check of imports', () => {
  it.each([
    ['one function importing another', 'cloudfunctions/a/a.ts', "import { b } from '../b/b.ts'"],
    [
      'a function importing the emulator',
      'cloudfunctions/a/a.ts',
      "import { x } from '../../emulator/cloud/x.ts'",
    ],
    ['a value from the contract', 'cloudfunctions/a/a.ts', "import { x } from '../../contract/x.ts'"],
    [
      'an inline type import from the contract',
      'miniprogram/auth/core/a.ts',
      "import { type X } from '../../../contract/x'",
    ],
    [
      'a value re-exported from the contract',
      'miniprogram/services/a.ts',
      "export * from '../../contract/x'",
    ],
    ['a value required from the contract', 'cloudfunctions/a/a.ts', "const x = require('../../contract/x')"],
    [
      'the contract importing anything else',
      'contract/y.ts',
      "import type { y } from '../cloudfunctions/shared/y.ts'",
    ],
    [
      'a page importing the contract',
      'miniprogram/pages/a/a.ts',
      "import type { X } from '../../../contract/x'",
    ],
    ['a service importing a page', 'miniprogram/services/a.ts', "import { p } from '../pages/p/p'"],
    ['a package unknown to functions', 'cloudfunctions/shared/core/a.ts', "import axios from 'axios'"],
    [
      'shared code importing a function',
      'cloudfunctions/shared/core/a.ts',
      "import { b } from '../../b/b.ts'",
    ],
    ['shared code outside its layers', 'cloudfunctions/shared/a.ts', "import fs from 'node:fs'"],
    [
      'a shared layer importing the layer above it',
      'cloudfunctions/shared/users/a.ts',
      "import { p } from '../phone/p.ts'",
    ],
    [
      'a shared layer importing a type of a layer above it',
      'cloudfunctions/shared/core/a.ts',
      "import type { H } from '../handlers/h.ts'",
    ],
    [
      'the configuration of the app importing a function',
      'cloudfunctions/app-config.ts',
      "import { b } from './b/b.ts'",
    ],
    [
      'a test importing a file of the emulator',
      'test/a/a.test.ts',
      "import { x } from '../../emulator/cloud/x.ts'",
    ],
    [
      'a script importing a file of the emulator',
      'scripts/a.ts',
      "import { x } from '../emulator/cloud/x.ts'",
    ],
    ['a function importing the emulator package', 'cloudfunctions/a/a.ts', "import 'wechat-cloud-emulator'"],
    [
      'the emulator importing itself by its name',
      'emulator/cloud/a.ts',
      "import { x } from 'wechat-cloud-emulator'",
    ],
    ['the emulator importing the contract', 'emulator/a.ts', "import type { X } from '../contract/x.ts'"],
    [
      'the emulator importing production code',
      'emulator/cloud/a.ts',
      "import { x } from '../../cloudfunctions/shared/x.ts'",
    ],
    ['an import over several lines', 'cloudfunctions/a/a.ts', "import {\n  b,\n} from '../b/b.ts'"],
    ['a file in a folder without a rule', 'miniprogramme/a.ts', "import fs from 'node:fs'"],
  ])('rejects %s', (_name, file, text) => {
    expect(check({ [file]: text, 'contract/x.ts': '', 'cloudfunctions/b/b.ts': '' })).toHaveLength(1)
  })

  it.each([
    [
      'a function using shared code and its own files',
      'cloudfunctions/a/index.ts',
      "import { s } from '../shared/core/s.ts'\nimport { a } from './a.ts'",
    ],
    [
      'a shared layer importing itself and the layers below it',
      'cloudfunctions/shared/phone/a.ts',
      "import { u } from '../users/u.ts'\nimport { c } from '../core/c.ts'\nimport { p } from './p.ts'",
    ],
    [
      'shared code reading the configuration of the app',
      'cloudfunctions/shared/users/a.ts',
      "import { A } from '../../app-config.ts'",
    ],
    ['types of the contract', 'miniprogram/services/a.ts', "import type { X } from '../../contract/x'"],
    ['a type inside the contract', 'contract/y.ts', "import type { X } from './x'"],
    ['a page using a service', 'miniprogram/pages/a/a.ts', "import { s } from '../../services/s'"],
    ['a test reaching anywhere', 'cloudfunctions/a/a.test.ts', "import { x } from '../../scripts/x.ts'"],
    [
      'a test using the emulator by the name of its package',
      'cloudfunctions/a/a.test.ts',
      "import { x } from 'wechat-cloud-emulator'",
    ],
    ['the emulator using its own files', 'emulator/cloud/a.ts', "import type { X } from '../control/x.ts'"],
  ])('accepts %s', (_name, file, text) => {
    expect(check({ [file]: text, 'contract/x.ts': '' })).toEqual([])
  })

  it('rejects a cycle of files, and names them', () => {
    const violations = check({
      'scripts/a.ts': "import { b } from './b.ts'",
      'scripts/b.ts': "import { c } from './c.ts'",
      'scripts/c.ts': "import { a } from './a.ts'",
    })
    expect(violations).toEqual(['cycle of files: scripts/a.ts → scripts/b.ts → scripts/c.ts → scripts/a.ts'])
  })

  it('rejects a cycle of folders without a cycle of files, and names them', () => {
    const violations = check({
      'scripts/lib/a/one.ts': "import { b } from '../b/one.ts'",
      'scripts/lib/b/one.ts': '',
      'scripts/lib/b/deep/two.ts': "import { a } from '../../a/two.ts'",
      'scripts/lib/a/two.ts': '',
    })
    expect(violations).toEqual(['cycle of folders: scripts/lib/a → scripts/lib/b → scripts/lib/a'])
  })

  it('rejects a cycle of a folder and a file beside it', () => {
    const violations = check({
      'scripts/lib/a.ts': "import { b } from './b/one.ts'",
      'scripts/lib/b/one.ts': '',
      'scripts/lib/b/two.ts': "import { a } from '../a.ts'",
    })
    expect(violations).toEqual(['cycle of folders: scripts/lib/a.ts → scripts/lib/b → scripts/lib/a.ts'])
  })

  it('rejects a cycle of folders that imports of types close', () => {
    const violations = check({
      'scripts/lib/a/one.ts': "import type { B } from '../b/one.ts'",
      'scripts/lib/b/one.ts': '',
      'scripts/lib/b/two.ts': "import type { A } from '../a/two.ts'",
      'scripts/lib/a/two.ts': '',
    })
    expect(violations).toHaveLength(1)
  })

  it('accepts a folder that uses a file beside it, and is used by another', () => {
    const violations = check({
      'scripts/lib/a.ts': "import { b } from './b/one.ts'",
      'scripts/lib/b/one.ts': "import { c } from '../c.ts'",
      'scripts/lib/c.ts': '',
    })
    expect(violations).toEqual([])
  })

  it('accepts a test that closes a cycle of folders', () => {
    const violations = check({
      'scripts/lib/a/one.ts': "import { b } from '../b/one.ts'",
      'scripts/lib/b/one.ts': '',
      'scripts/lib/b/one.test.ts': "import { a } from '../a/one.ts'",
    })
    expect(violations).toEqual([])
  })
})
