import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'

it('--help says how a command is called, and does nothing', async () => {
  const { output, errors, code } = await runScript('new', ['function', 'notes', '--help'])
  expect(output).toContain('npm run new -- function <name>')
  expect(errors).toBe('')
  expect(code).toBe(0)
})

it.each([
  [['--appid'], '--appid'],
  [['--nonsense'], '--nonsense'],
  [['nonsense'], 'nonsense'],
])('rejects %j in one line that names it, and shows the usage', async (args, named) => {
  const { output, errors, code } = await runScript('setup', args)
  const [line, ...usage] = errors.trim().split('\n')
  expect(line).toMatch(/^参数有误 · arguments: /)
  expect(line).toContain(named)
  expect(usage).toEqual(['npm run setup [-- --appid wx… --env 云环境ID] [-- --yes]'])
  expect(output).toBe('')
  expect(code).toBe(1)
})

const scripts = Object.values(
  (JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { scripts: Record<string, string> })
    .scripts,
).flatMap((command) => /^node emulator\/bin\/run\.js scripts\/([\w-]+)\.ts$/.exec(command)?.[1] ?? [])

it.each(scripts)('%s refuses a word that it would have to ignore', async (script) => {
  const { output, errors, code } = await runScript(script, ['no', 'such', 'words'])
  expect({ output, code }).toEqual({ output: '', code: 1 })
  expect(errors).toContain('npm ')
})

it('every command reads its arguments so', () => {
  const others = ['scripts', 'bench'].flatMap((folder) =>
    readdirSync(projectPath(folder))
      .filter((file) => file.endsWith('.ts') && file !== 'arguments.ts')
      .map((file) => `${folder}/${file}`)
      .filter((file) => /\bparseArgs\b|\bprocess\.argv\b/.test(readFileSync(projectPath(file), 'utf8'))),
  )
  expect(others).toEqual([])
})
