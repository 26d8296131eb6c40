import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'

const NAMED = 'emulator/package.json'
/** They say how something was with one version. */
const MAY_NAME_IT = /^(package-lock\.json|CHANGELOG.*\.md)$/

it('one line names the version of wx-server-sdk: that of the emulator’s package.json', () => {
  const { dependencies } = JSON.parse(readFileSync(projectPath(NAMED), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const version = dependencies['wx-server-sdk'] ?? ''
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  const lines = execFileSync('git', ['grep', '-nwFI', version], { cwd: projectPath('.'), encoding: 'utf8' })
  const naming = lines.trim().split('\n')
  expect(naming.filter((line) => !MAY_NAME_IT.test(line.split(':', 1)[0] ?? ''))).toEqual([
    expect.stringMatching(/^emulator\/package\.json:\d+: +"wx-server-sdk": /),
  ])
})
