import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { toJavaScript } from '../../scripts/lib/to-javascript/to-javascript.ts'

/** This mini-program, the example included, as JavaScript: text by path from its root. */
export function convertMiniProgram(): Map<string, string> {
  const files = new Map<string, string>()
  for (const folder of ['contract', 'miniprogram']) {
    for (const path of filesBelow(projectPath(folder)).filter((each) => !each.endsWith('.test.ts'))) {
      files.set(`${folder}/${path}`, readFileSync(projectPath(`${folder}/${path}`), 'utf8'))
    }
  }
  return toJavaScript(files, {
    place: (path) => path.replace(/^miniprogram\//, '').replace(/^contract\//, 'auth/contract/'),
  })
}

export function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
