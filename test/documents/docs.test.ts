import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { anchorsOf, codeSpansOf, linksOf, rawPipesOf, unevenRowsOf } from './markdown.ts'
import { FOLDERS, PAGES, readPage } from './pages.ts'

const { scripts } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

const SOURCE_FILE = /\.(ts|cjs|md|wxml|wxss)$/
/** A merge that nobody has finished. */
const CONFLICT_MARKER = /^(<{7}|>{7}) /m

function brokenLinks(page: string, text: string): string[] {
  return linksOf(text).filter((target) => {
    if (/^[a-z]+:/.test(target)) return !URL.canParse(target)
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : normalize(join(dirname(page), path))
    if (!existsSync(projectPath(file))) return true
    return anchor !== undefined && !anchorsOf(path === '' ? text : readPage(file)).includes(anchor)
  })
}

/**
 * Names of files in `backquotes` that do not exist, from the project's root or beside the page. Those with `<` or `*`
 * stand for many; a name without a folder is not a path.
 */
function brokenPaths(page: string, text: string): string[] {
  return codeSpansOf(text).filter((name) => {
    if (!/^[\w.-]+(\/[\w.-]+)+\/?$/.test(name)) return false
    const isOfProject = FOLDERS.includes(name.split('/')[0] ?? '')
    if (isOfProject) return !existsSync(projectPath(name))
    return SOURCE_FILE.test(name) && !existsSync(projectPath(join(dirname(page), name)))
  })
}

function unknownScripts(text: string): string[] {
  const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name)
  return named.filter((name) => !(name in scripts))
}

describe.each(PAGES)('%s', (page) => {
  const text = readPage(page)

  it('names only links, anchors, files and commands that exist', () => {
    expect(brokenLinks(page, text)).toEqual([])
    expect(brokenPaths(page, text)).toEqual([])
    expect(unknownScripts(text)).toEqual([])
  })

  it('renders every table whole', () => {
    expect(rawPipesOf(text)).toEqual([])
    expect(unevenRowsOf(text)).toEqual([])
    expect(text).not.toMatch(CONFLICT_MARKER)
  })
})

it('rejects a broken link, anchor, path or command', () => {
  expect(
    brokenLinks('docs/en/deploy.md', '[a](nothing.md) [b](#nothing) [c](https://) [d](customise.md#theme)'),
  ).toEqual(['nothing.md', '#nothing', 'https://'])
  expect(
    brokenPaths(
      'docs/en/deploy.md',
      '`scripts/nothing.ts` `scripts/setup.ts` `cloudfunctions/<name>/x.ts` `a/b.ts`',
    ),
  ).toEqual(['scripts/nothing.ts', 'a/b.ts'])
  expect(brokenPaths('test/README.md', '`documents/docs.test.ts` `documents/nothing.ts`')).toEqual([
    'documents/nothing.ts',
  ])
  expect(unknownScripts('`npm run nothing` and npm run build')).toEqual(['nothing'])
})

it('rejects a row that a blank line or a sentence separates from its table', () => {
  const table = '| a | b |\n|---|---|\n| 1 | 2 |\n'
  expect(rawPipesOf(`${table}\n| 3 | 4 |\n`)).toEqual(['| 3 | 4 |'])
  expect(rawPipesOf(`${table}\n\`a|b\`\n`)).toEqual([])
})

it('rejects a row with a cell too many or too few', () => {
  const head = '| a | b |\n|---|---|\n'
  expect(unevenRowsOf(`${head}| 1 | 2 | 3 |\n| 1 |\n| 1 \\| 1 | 2 |\n`)).toEqual(['| 1 | 2 | 3 |', '| 1 |'])
})
