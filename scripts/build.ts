/** `npm run build`: cloudfunctions/ → dist/cloudfunctions/, ready for 上传并部署. */
import { readArguments } from './arguments.ts'
import { buildProjectOrGiveUp } from './build-project.ts'
import { projectPath } from './project.ts'

readArguments('npm run build', {})

const startedAt = performance.now()
const built = await buildProjectOrGiveUp(projectPath('.env'))
for (const { name, bytes } of built) {
  console.log(`dist/cloudfunctions/${name}  ${Math.round(bytes / 1024)} KB`)
}
console.log(`${built.length} functions in ${Math.round(performance.now() - startedAt)} ms`)
