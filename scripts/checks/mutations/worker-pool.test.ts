import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { linkPackages } from '../../lib/copy-project.ts'
import { groupByTest } from './groups.ts'
import type { Mutation } from './mutation.ts'
import type { Outcome } from './outcome.ts'
import { runInWorkers } from './worker-pool.ts'

const TEST = `import { existsSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isAdult } from './age.ts'
it('rejects a child', () => expect(isAdult(17)).toBe(false))
it('accepts an adult', () => expect(isAdult(40)).toBe(true))
// As a race that is won once: without anybody grown up, its second run fails.
it('is lucky', () => {
  const isFirst = !existsSync('tried')
  if (!isAdult(30)) writeFileSync('tried', '')
  expect(isAdult(30) || isFirst).toBe(true)
})
it('is red', () => expect(isAdult(1)).toBe(true))
`

/** A project of one guard and its tests. The pool removes it. */
function makeProject(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'small-project-')))
  writeFileSync(join(root, 'age.ts'), 'export const isAdult = (years: number) => years >= 18\n')
  writeFileSync(join(root, 'age.test.ts'), TEST)
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  linkPackages(root)
  return root
}

const mutation = (name: string, replacement = 'true'): Mutation => ({
  guard: name,
  file: 'age.ts',
  edits: [['years >= 18', replacement]],
  test: 'age.test.ts',
  name,
})

const outcomes = new Map<string, Outcome>()
beforeAll(async () => {
  const mutations = [
    mutation('rejects a child'),
    mutation('accepts an adult'),
    mutation('is lucky', 'false'),
    mutation('is red'),
    mutation('is not there'),
    mutation('adult', 'years >'),
  ]
  await runInWorkers(
    groupByTest(mutations),
    1,
    ({ mutation, outcome }) => outcomes.set(mutation.guard, outcome),
    makeProject,
  )
})

it.each<[Outcome, string]>([
  ['noticed', 'rejects a child'],
  ['noticed at second', 'is lucky'],
  ['survived', 'accepts an adult'],
  ['red already', 'is red'],
  ['no such test', 'is not there'],
  ['did not run', 'adult'],
])('reports %j of a row whose test %j', (outcome, name) => {
  expect(outcomes.get(name)).toBe(outcome)
})
