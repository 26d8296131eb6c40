import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MUTATIONS } from './mutation-table.ts'
import { projectPath } from './project.ts'

it.each(MUTATIONS)('what breaks "$guard" is still in the code, once, and changes it', ({ file, edits }) => {
  const text = readFileSync(projectPath(file), 'utf8')
  for (const [part, replacement] of edits) {
    expect(text.split(part)).toHaveLength(2)
    expect(replacement).not.toBe(part)
  }
})

it('there are at least eighty, none of them twice', () => {
  expect(new Set(MUTATIONS.map(({ guard }) => guard)).size).toBe(MUTATIONS.length)
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(80)
})
