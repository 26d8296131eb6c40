import { buildFunctions } from '../scripts/build-functions.ts'
import { projectPath } from '../scripts/project.ts'

/** Before any test: the functions as they would be deployed, without anybody's `.env`. */
export default async function setup(): Promise<void> {
  await buildFunctions({ source: projectPath('cloudfunctions'), target: projectPath('dist/cloudfunctions') })
}
