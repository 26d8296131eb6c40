import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeGuard } from '../../scripts/lib/guard/write-guard.ts'
import { projectPath } from '../../scripts/lib/project.ts'

export interface GuardedFunctions {
  /** The functions of dist/, and those of test/auth-guard/ as an app has them: not built, with packages installed. */
  directory: string
  /** Writes env.json beside a function. */
  packageVariables: (name: string, variables: Readonly<Record<string, string>>) => void
  /** Adds a function with this code, with the guard beside it. */
  add: (name: string, code: string) => Promise<void>
  remove: () => void
}

const FIXTURES = projectPath('test/auth-guard/functions')

/** Builds the guard and puts it beside each function of test/auth-guard/, as its author would. */
export async function stageGuardedFunctions(): Promise<GuardedFunctions> {
  const stage = mkdtempSync(join(tmpdir(), 'guarded-'))
  const directory = join(stage, 'cloudfunctions')
  mkdirSync(directory)
  symlinkSync(projectPath('node_modules'), join(stage, 'node_modules'), 'junction')
  const addGuard = (name: string) => writeGuard(projectPath('cloudfunctions'), join(directory, name))
  cpSync(projectPath('dist/cloudfunctions'), directory, { recursive: true })
  for (const name of readdirSync(FIXTURES)) {
    cpSync(join(FIXTURES, name), join(directory, name), { recursive: true })
    await addGuard(name)
  }
  return {
    directory,
    packageVariables: (name, variables) =>
      writeFileSync(join(directory, name, 'env.json'), JSON.stringify(variables)),
    add: async (name, code) => {
      await addGuard(name)
      writeFileSync(join(directory, name, 'index.js'), code)
    },
    remove: () => rmSync(stage, { recursive: true, force: true }),
  }
}
