import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LocalRun, runLocally } from '../scripts/lib/parity/run-local.ts'
import { projectPath } from '../scripts/lib/project.ts'
import { CATALOGUE } from './catalogue.ts'
import { EMULATOR_HALF, halfText } from './record/emulator-half.ts'

let run: LocalRun

beforeAll(async () => {
  run = await runLocally()
}, 120_000)

describe('the catalogue', () => {
  it('has a name of its own for each question, which begins with its area', () => {
    const names = CATALOGUE.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name, area } of CATALOGUE)
      expect(name).toMatch(new RegExp(`^${area}\\.[a-z0-9]+(-[a-z0-9]+)*$`))
  })
})

describe('a run on the emulator', () => {
  it('answers as is committed: npm run parity -- local --write', () => {
    expect(halfText(run.answers)).toBe(readFileSync(projectPath(EMULATOR_HALF), 'utf8'))
  })

  it('leaves nothing behind', () => {
    expect(run.parts.flatMap(({ notRemoved }) => notRemoved)).toEqual([])
    expect(run.documentsLeft).toEqual({ parity_sessions: 1 })
    expect(run.filesLeft).toEqual([])
  })

  it('answers each part in less than 1 MB', () => {
    for (const part of run.parts) expect(JSON.stringify(part).length).toBeLessThan(1_000_000)
  })
})
