import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { convertMiniProgram } from '../../test/add/converted.ts'
import { packedBytes } from '../../test/miniprogram/packed.ts'
import type { Measure } from '../measure.ts'

const LIMIT_BYTES = 2 * 1024 * 1024
const SUBPACKAGE = 'account/'

/** What users download first, as it is uploaded: everything of miniprogram/ except the subpackage. */
export const packageMeasure: Measure = {
  keys: ['mainPackageBytes'],
  async run() {
    const root = projectPath('miniprogram')
    const bytesOf = (isIncluded: (path: string) => boolean) =>
      filesBelow(root)
        .filter(isIncluded)
        .map((path) => packedBytes(path, readFileSync(join(root, path))))
        .reduce((sum, size) => sum + size, 0)
    const main = bytesOf((path) => !path.startsWith(SUBPACKAGE))
    const row = (what: string, bytes: number) => ({
      what,
      ours: `${bytes} bytes`,
      against: `${LIMIT_BYTES} allowed`,
      result: bytes / LIMIT_BYTES,
      toReach: '',
    })
    return {
      values: { mainPackageBytes: main },
      rows: [
        row('main package of the mini-program', main),
        row(
          'of it, the login',
          bytesOf((path) => path.startsWith('auth/')),
        ),
        row('the login as JavaScript', javaScriptBytes({ isMinified: true })),
        row('the same where the app does not minify', javaScriptBytes({ isMinified: false })),
        row(
          'the login’s subpackage',
          bytesOf((path) => path.startsWith(SUBPACKAGE)),
        ),
      ],
    }
  },
}

/** What `npm run add` puts into the main package of a JavaScript app. */
function javaScriptBytes({ isMinified }: { isMinified: boolean }): number {
  return [...convertMiniProgram()]
    .filter(([path]) => path.startsWith('auth/') && !path.endsWith('.d.ts'))
    .map(([path, text]) => (isMinified ? packedBytes(path, Buffer.from(text)) : Buffer.byteLength(text)))
    .reduce((sum, size) => sum + size, 0)
}
