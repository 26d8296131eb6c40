import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { stepsOf } from './markdown.ts'
import { readPage } from './pages.ts'

/** Those of the pages. */
const TIMEOUTS = ['--testTimeout=30000', '--hookTimeout=60000']

let project: string
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'tea-')))
  cpSync(projectPath('emulator/testing/kit/fixture'), project, { recursive: true })
  symlinkSync(projectPath('node_modules'), join(project, 'node_modules'), 'junction')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

it.each(['docs/en/testing.md', 'docs/zh-CN/testing.md'])(
  'the tests in %s pass in a project that has nothing of this one',
  (page) => {
    const blocks = stepsOf(readPage(page)).filter(({ words }) => words === 'js test')
    const files = blocks.map(({ text }) => /^\/\/ (\S+\.test\.js)$/m.exec(text)?.[1] ?? '')
    expect(readPage(page)).toContain(TIMEOUTS.join(' '))
    expect(files).toEqual(['order.test.js', 'people.test.js', 'held.test.js'])
    for (const [index, file] of files.entries()) writeFileSync(join(project, file), blocks[index]?.text ?? '')
    const vitest = projectPath('node_modules/vitest/vitest.mjs')
    const { stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--maxWorkers=1', ...TIMEOUTS], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(stdout, stderr).toMatch(/Tests +7 passed \(7\)/)
  },
  180_000,
)
