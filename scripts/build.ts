/**
 * `npm run build`: cloudfunctions/ → dist/cloudfunctions/, ready for 上传并部署, and dist/auth-guard/. `-- --guard FOLDER`
 * copies the guard beside the code of a function that is plain JavaScript, or replaces an older copy there.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readArguments } from './lib/arguments.ts'
import { buildProjectOrFail, GUARD_FOLDER } from './lib/build/build-project.ts'
import { copyGuard, GuardError } from './lib/guard/write-guard.ts'
import { fail, projectPath } from './lib/project.ts'

const { values } = readArguments('npm run build [-- --guard <云函数文件夹 folder of a function>]…', {
  options: { guard: { type: 'string', multiple: true, default: [] } },
})

const startedAt = performance.now()
const built = await buildProjectOrFail(projectPath('.env'))
for (const { name, bytes } of built) {
  console.log(`dist/cloudfunctions/${name}  ${Math.round(bytes / 1024)} KB`)
}
console.log(
  `dist/auth-guard/auth-guard.js  ${Math.round(statSync(join(GUARD_FOLDER, 'auth-guard.js')).size / 1024)} KB`,
)
try {
  for (const file of await copyGuard(projectPath('cloudfunctions'), values.guard)) console.log(file)
} catch (error) {
  if (!(error instanceof GuardError)) throw error
  fail(error.message)
}
console.log(`${built.length} functions in ${Math.round(performance.now() - startedAt)} ms`)
