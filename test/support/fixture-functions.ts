import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** Builds the functions of test/fixtures as the real ones are built; returns the folder, to be removed after. */
export async function buildFixtures(): Promise<string> {
  const target = mkdtempSync(join(tmpdir(), 'functions-'))
  await buildFunctions({ source: projectPath('test/fixtures'), target })
  return target
}
