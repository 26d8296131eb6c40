import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { projectPath } from '../../scripts/lib/project.ts'

export interface StagedFunctions {
  /** The built functions. */
  directory: string
  remove: () => void
}

/** Builds a copy of the functions whose `app-config.ts` is changed. */
export async function stageFunctions(changeConfig: (text: string) => string): Promise<StagedFunctions> {
  const stage = mkdtempSync(join(tmpdir(), 'stage-'))
  for (const folder of ['cloudfunctions', 'contract'])
    cpSync(projectPath(folder), join(stage, folder), { recursive: true })
  symlinkSync(projectPath('node_modules'), join(stage, 'node_modules'), 'junction')
  const [source, target] = [join(stage, 'cloudfunctions'), join(stage, 'dist')]
  const config = join(source, 'app-config.ts')
  writeFileSync(config, changeConfig(readFileSync(config, 'utf8')))
  await buildFunctions({ source, target })
  return { directory: target, remove: () => rmSync(stage, { recursive: true, force: true }) }
}
