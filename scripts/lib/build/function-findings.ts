import type { BuildFindings } from 'wechat-cloud-emulator/config'
import { BuildError } from './build-functions.ts'
import { buildProject, KeptProject } from './build-project.ts'

const kept = new KeptProject()

/** Builds the functions, and returns errors and warnings of their sources instead of throwing or printing them. */
export async function findInFunctions(): Promise<BuildFindings> {
  const notes: string[] = []
  try {
    await buildProject(undefined, { onWarning: (line) => notes.push(line), kept })
    return { notes }
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return { errors: error.message.split('\n') }
  }
}
