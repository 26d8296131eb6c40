import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { projectPath } from '../../scripts/lib/project.ts'

/** Suites that take longest, the longest first. */
const LONG = [
  'test/faults/faults.test.ts',
  'test/races/races.test.ts',
  'test/commands/new.test.ts',
  'test/commands/node-versions.test.ts',
  'test/faults/transfer.test.ts',
  'test/phone/look.test.ts',
  'test/phone/login.test.ts',
  'test/faults/phone.test.ts',
  'test/races/pictures.test.ts',
  'test/races/naive.test.ts',
  'test/console/accessibility.test.ts',
  'test/commands/doctor.test.ts',
  'test/hostile/any-input.test.ts',
  'test/stress/stress.test.ts',
  'test/commands/deploy.test.ts',
]

/** Begins with the longest suites, so that no worker waits at the end for one that has only begun. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const long = LONG.flatMap((path) => sorted.filter(({ moduleId }) => moduleId === projectPath(path)))
    return [...long, ...sorted.filter((file) => !long.includes(file))]
  }
}
