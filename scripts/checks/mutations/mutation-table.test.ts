import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { projectPath } from '../../lib/project.ts'
import { MUTATIONS } from './mutation-table.ts'

it.each(MUTATIONS)(
  'the text that "$guard" quotes occurs once in its file, and its replacement differs',
  ({ file, edits }) => {
    const text = readFileSync(projectPath(file), 'utf8')
    for (const [part, replacement] of edits) {
      expect(text.split(part)).toHaveLength(2)
      expect(replacement).not.toBe(part)
    }
  },
)

it('has at least eighty rows, and no guard twice', () => {
  expect(new Set(MUTATIONS.map(({ guard }) => guard)).size).toBe(MUTATIONS.length)
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(80)
})
