import { describe, expect, it } from 'vitest'
import { findViolations } from './import-rules.ts'

const check = (files: Record<string, string>) => findViolations(new Map(Object.entries(files)))

describe('the arrows of the layout', () => {
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
      'miniprogram/utils/a.ts',
      "import { type X } from '../../contract/x'",
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
    ['a package unknown to functions', 'cloudfunctions/shared/a.ts', "import axios from 'axios'"],
    ['shared code importing a function', 'cloudfunctions/shared/a.ts', "import { b } from '../b/b.ts'"],
    [
      'the emulator importing production code',
      'emulator/cloud/a.ts',
      "import { x } from '../../cloudfunctions/shared/x.ts'",
    ],
    ['an import over several lines', 'cloudfunctions/a/a.ts', "import {\n  b,\n} from '../b/b.ts'"],
    ['a file outside any room', 'miniprogramme/a.ts', "import fs from 'node:fs'"],
  ])('forbid %s', (_name, file, text) => {
    expect(check({ [file]: text, 'contract/x.ts': '', 'cloudfunctions/b/b.ts': '' })).toHaveLength(1)
  })

  it.each([
    [
      'a function using shared code and its own files',
      'cloudfunctions/a/index.ts',
      "import { s } from '../shared/s.ts'\nimport { a } from './a.ts'",
    ],
    ['types of the contract', 'miniprogram/services/a.ts', "import type { X } from '../../contract/x'"],
    ['a type inside the contract', 'contract/y.ts', "import type { X } from './x'"],
    ['a page using a service', 'miniprogram/pages/a/a.ts', "import { s } from '../../services/s'"],
    [
      'a test reaching anywhere',
      'cloudfunctions/a/a.test.ts',
      "import { x } from '../../emulator/cloud/x.ts'",
    ],
  ])('allow %s', (_name, file, text) => {
    expect(check({ [file]: text, 'contract/x.ts': '' })).toEqual([])
  })

  it('forbid a circle, and name it', () => {
    const violations = check({
      'scripts/a.ts': "import { b } from './b.ts'",
      'scripts/b.ts': "import { c } from './c.ts'",
      'scripts/c.ts': "import { a } from './a.ts'",
    })
    expect(violations).toEqual(['circle: scripts/a.ts → scripts/b.ts → scripts/c.ts → scripts/a.ts'])
  })
})
