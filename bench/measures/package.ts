import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectPath } from '../../scripts/project.ts'
import { filesOf } from '../../test/miniprogram/compiled.ts'
import { packedBytes } from '../../test/miniprogram/packed.ts'
import type { Measure } from '../measure.ts'

const LIMIT_BYTES = 2 * 1024 * 1024

/** What users download first: everything of miniprogram/, as it is uploaded. */
export const packageMeasure: Measure = {
  key: 'mainPackageBytes',
  async run() {
    const root = projectPath('miniprogram')
    const sizes = filesOf(root).map((path) => packedBytes(path, readFileSync(join(root, path))))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const row = { what: 'main package of the mini-program', toReach: '', result: bytes / LIMIT_BYTES }
    return { value: bytes, rows: [{ ...row, ours: `${bytes} bytes`, against: `${LIMIT_BYTES} allowed` }] }
  },
}
