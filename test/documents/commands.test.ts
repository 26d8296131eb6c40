import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { ProjectCopy } from '../support/project-copy.ts'
import { fencedLinesOf, stepsOf } from './markdown.ts'
import { PAGES, readPage } from './pages.ts'
import { isChinesePage } from './pairs.ts'

// The commands build the functions several times, on a busy machine.
const TIMEOUT_MILLISECONDS = 300_000

/** Commands that take long and that another check runs as they are written: the file and its line. */
const RUN_ELSEWHERE: Readonly<Record<string, { file: string; line: string }>> = {
  'npm run check:static': { file: '.ci/run', line: 'npm run check:static' },
  // A part of check:static.
  'npm run types': { file: '.ci/run', line: 'npm run check:static' },
  'npm run doctor': { file: 'test/commands/doctor.test.ts', line: "run('doctor')" },
  'npm run deploy': { file: 'test/commands/deploy.test.ts', line: "run('deploy', []" },
}
/** The suite runs its own files. */
const TEST_FILE = /^npx vitest run (\S+\.test\.ts)( -u)?$/

const { scripts } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

function isRunElsewhere(command: string): boolean {
  const [, testFile] = TEST_FILE.exec(command) ?? []
  if (testFile !== undefined) return existsSync(projectPath(testFile))
  const other = RUN_ELSEWHERE[command]
  return other !== undefined && readFileSync(projectPath(other.file), 'utf8').includes(other.line)
}

/** `npm run deploy -- --yes` as npm runs it, without the half second that npm takes to start. */
function withoutNpm(command: string): string {
  const [, name = '', args = ''] = /^npm run (\S+)(?: -- (.*))?$/.exec(command) ?? []
  const script = scripts[name]
  return script === undefined ? command : `${script} ${args}`.trim()
}

/** A line of a block `sh test`, or the whole of a block `diff test`, which is an edit of the reader's. */
interface Step {
  command: string
  input?: string
}

function stepsOfPage(page: string): Step[] {
  return stepsOf(readPage(page)).flatMap(({ words, text }): Step[] => {
    if (words === 'diff test') return [{ command: 'git apply -', input: `${text}\n` }]
    if (words !== 'sh test') return []
    const commands = text.trim().split('\n')
    return commands.filter((command) => !isRunElsewhere(command)).map((command) => ({ command }))
  })
}

/** A Chinese page has the blocks of its English one (`pairs.test.ts`). */
const pages = PAGES.filter((page) => !isChinesePage(page))
  .map((page) => ({ page, steps: stepsOfPage(page) }))
  .filter(({ steps }) => steps.length > 0)

describe('commands of documents', () => {
  let project: ProjectCopy
  let environment: Record<string, string>
  beforeAll(() => {
    project = new ProjectCopy()
    environment = { PATH: `${project.path('node_modules/.bin')}${delimiter}${process.env['PATH']}` }
  })
  afterAll(() => project.remove())

  it.each(pages)(
    '$page: end well, one after the other',
    { timeout: TIMEOUT_MILLISECONDS },
    async ({ steps }) => {
      for (const { command, input = '' } of steps) {
        const { output, errors, code } = await project.shell(withoutNpm(command), { environment, input })
        expect(code, `${command}\n${output}${errors}`).toBe(0)
      }
    },
  )
})

it('the blocks marked `sh test` of every page are found', () => {
  expect(fencedLinesOf('```sh test\na\nb\n```\n```sh\nc\n```\n', 'sh test')).toEqual(['a', 'b'])
  expect(pages.map(({ page }) => page)).toContain('docs/en/deploy.md')
})

it('a command counts as run elsewhere only where a check names it', () => {
  expect(isRunElsewhere('npm run check:static')).toBe(true)
  expect(isRunElsewhere('npm run deploy -- --yes')).toBe(false)
  expect(isRunElsewhere('npx vitest run test/nothing.test.ts')).toBe(false)
})
