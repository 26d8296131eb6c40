import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../../scripts/lib/project.ts'

/** Values of app-config.ts that a test wants otherwise, as a developer would edit the file. */
export type ConfigChange = Partial<{ cloudEnv: string; phoneRequired: boolean; realtimePhone: boolean }>

/** Copies the mini-program and edits its configuration. @returns the folder, which the caller removes */
export function changedMiniProgram(change: ConfigChange): string {
  const folder = mkdtempSync(join(tmpdir(), 'miniprogram-'))
  cpSync(projectPath('miniprogram'), folder, { recursive: true })
  const file = join(folder, 'app-config.ts')
  writeFileSync(file, configured(readFileSync(file, 'utf8'), change))
  return folder
}

function configured(source: string, change: ConfigChange): string {
  return Object.entries(change).reduce((text, [name, value]) => {
    const line = new RegExp(`^  ${name}: .*,$`, 'm')
    if (!line.test(text)) throw new Error(`no ${name} in app-config.ts`)
    return text.replace(line, `  ${name}: ${JSON.stringify(value)},`)
  }, source)
}
