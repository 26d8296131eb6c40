import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestCase } from 'vitest/node'
import { projectPath } from '../../scripts/lib/project.ts'

/**
 * Names the tests that failed once and passed when they ran again, as a busy machine can make them, into the file that
 * `UNSTEADY_FILE` names: a line each.
 */
export default class UnsteadyTests implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const file = process.env['UNSTEADY_FILE']
    if (file === undefined || test.diagnostic()?.flaky !== true) return
    appendFileSync(file, `${relative(projectPath('.'), test.module.moduleId)}: ${test.fullName}\n`)
  }
}
