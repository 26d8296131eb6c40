/** `npm run build`: cloudfunctions/ → dist/cloudfunctions/, ready for 上传并部署. */
import { BuildError, buildFunctions } from './build-functions.ts'
import { giveUp, projectPath } from './project.ts'

const startedAt = performance.now()
try {
  const built = await buildFunctions({
    source: projectPath('cloudfunctions'),
    target: projectPath('dist/cloudfunctions'),
    environmentFile: projectPath('.env'),
  })
  for (const { name, bytes } of built) {
    console.log(`dist/cloudfunctions/${name}  ${Math.round(bytes / 1024)} KB`)
  }
  console.log(`${built.length} functions in ${Math.round(performance.now() - startedAt)} ms`)
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  giveUp(error.message)
}
