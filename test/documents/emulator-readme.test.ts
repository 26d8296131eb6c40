import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'
import { codeSpansOf } from './markdown.ts'
import { readPage } from './pages.ts'

const PAGES = ['emulator/README.md', 'emulator/README.zh-CN.md']
const namesIn = (page: string) => codeSpansOf(readPage(page)).map((span) => span.split(/[ =]/)[0])

it('both pages list every option of the command', async () => {
  const { output } = await runScript('start', ['--help'])
  const options = [...output.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option)
  expect(options).toContain('--port')
  for (const page of PAGES) expect(namesIn(page)).toEqual(expect.arrayContaining(options))
})

it('both pages list every setting of emulator.config', () => {
  const source = readFileSync(projectPath('emulator/config/emulator-config.ts'), 'utf8')
  const [, fields = ''] = /export interface EmulatorConfig \{(.*?)\n\}/s.exec(source) ?? []
  const settings = [...fields.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name)
  expect(settings).toContain('variables')
  for (const page of PAGES) expect(namesIn(page)).toEqual(expect.arrayContaining(settings))
})
