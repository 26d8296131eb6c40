import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { projectPath } from '../scripts/project.ts'

/** Suites that take a minute or more, the longest first. */
const LONG = [
  'test/faults/phone.test.ts',
  'test/races/races.test.ts',
  'test/faults/faults.test.ts',
  'test/docs.test.ts',
  'test/commands/deploy.test.ts',
]

/** Begins with what takes longest, so that at the end no worker waits for another that has only begun it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const long = LONG.flatMap((path) => sorted.filter(({ moduleId }) => moduleId === projectPath(path)))
    return [...long, ...sorted.filter((file) => !long.includes(file))]
  }
}
