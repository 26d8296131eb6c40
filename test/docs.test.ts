import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectPath } from '../scripts/project.ts'
import { ProjectCopy } from './commands/project-copy.ts'

const ROOMS = ['contract', 'cloudfunctions', 'miniprogram', 'emulator', 'scripts', 'bench', 'test', 'docs']
// Every command of a page is run, on a busy machine.
const TIMEOUT_MILLISECONDS = 300_000

const PAGES = [
  ...readdirSync(projectPath('.')).filter((name) => name.endsWith('.md')),
  ...readdirSync(projectPath('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'emulator/cloud/README.md',
  'emulator/phone/README.md',
]

const { scripts } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

/** Lines of the fenced blocks with exactly these words behind the fence. */
function blocks(text: string, words: string): string[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, info]) => info?.trim() === words)
    .flatMap(([, , body = '']) => body.trim().split('\n'))
}

/** The names GitHub gives to headings, for links with `#`. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}

function brokenLinks(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return links.filter((target) => {
    if (/^[a-z]+:/.test(target)) return !URL.canParse(target)
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : normalize(join(dirname(page), path))
    if (!existsSync(projectPath(file))) return true
    return anchor !== undefined && !anchors(readFileSync(projectPath(file), 'utf8')).includes(anchor)
  })
}

/** Names of this project's files in `backquotes`; those with `<` or `*` stand for many. */
function brokenPaths(text: string): string[] {
  const named = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, name = '']) => name,
  )
  const paths = named.filter(
    (name) => /^[\w.-]+(\/[\w.-]+)+\/?$/.test(name) && ROOMS.includes(name.split('/')[0] ?? ''),
  )
  return paths.filter((path) => !existsSync(projectPath(path)))
}

function unknownScripts(text: string): string[] {
  const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name)
  return named.filter((name) => !(name in scripts))
}

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(projectPath(page), 'utf8')

  it('leads only to what is there', () => {
    expect(brokenLinks(page, text)).toEqual([])
    expect(brokenPaths(text)).toEqual([])
    expect(unknownScripts(text)).toEqual([])
  })

  const commands = blocks(text, 'sh test')
  if (commands.length === 0) return

  describe('its commands', () => {
    let project: ProjectCopy
    beforeAll(async () => {
      project = new ProjectCopy()
      await project.run('setup', ['--appid', 'wxfedcba9876543210', '--env', 'docs-1a2b3c'])
      for (const file of ['user-agreement', 'privacy-policy'].map((name) => `miniprogram/utils/${name}.ts`)) {
        project.write(file, project.read(file).replaceAll(/【[^】]+】/g, '示例公司'))
      }
    }, TIMEOUT_MILLISECONDS)
    afterAll(() => project.remove())

    it('end well, one after the other', { timeout: TIMEOUT_MILLISECONDS }, async () => {
      for (const command of commands) {
        const { output, errors, code } = await project.shell(command)
        expect(code, `${command}\n${output}${errors}`).toBe(0)
      }
    })
  })
})

it('a broken link, path, anchor or command would be found', () => {
  expect(
    brokenLinks('docs/deploy.md', '[a](nothing.md) [b](#nothing) [c](https://) [d](customise.md#theme)'),
  ).toEqual(['nothing.md', '#nothing', 'https://'])
  expect(brokenPaths('`scripts/nothing.ts` `scripts/setup.ts` `cloudfunctions/<name>/x.ts`')).toEqual([
    'scripts/nothing.ts',
  ])
  expect(unknownScripts('`npm run nothing` and npm run build')).toEqual(['nothing'])
  expect(blocks('```sh test\na\nb\n```\n```sh\nc\n```\n', 'sh test')).toEqual(['a', 'b'])
})
