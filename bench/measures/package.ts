import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectPath } from '../../scripts/project.ts'
import { filesOf, stripTypes } from '../../test/miniprogram/compiled.ts'
import type { Measure } from '../measure.ts'

const LIMIT_BYTES = 2 * 1024 * 1024

/** What users download first: everything of miniprogram/, types stripped, not minified as WeChat's upload would. */
export const packageMeasure: Measure = {
  key: 'mainPackageBytes',
  async run() {
    const root = projectPath('miniprogram')
    const sizes = filesOf(root).map((path) => {
      const text = readFileSync(join(root, path))
      return path.endsWith('.ts') ? Buffer.byteLength(stripTypes(text.toString())) : text.byteLength
    })
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const row = { what: 'main package of the mini-program', toReach: '', result: bytes / LIMIT_BYTES }
    return { value: bytes, rows: [{ ...row, ours: `${bytes} bytes`, against: `${LIMIT_BYTES} allowed` }] }
  },
}
