import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CLOUDBASE_CLI, MINIPROGRAM_CI } from '../../scripts/lib/deployment/tools.ts'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { PAGES } from './pages.ts'

const TOOLS: readonly string[] = [CLOUDBASE_CLI, MINIPROGRAM_CI]
const CODE = ['scripts', 'templates'].flatMap((folder) =>
  filesBelow(projectPath(folder)).map((file) => `${folder}/${file}`),
)
const FILES = [...PAGES.filter((page) => page !== 'CHANGELOG.md'), ...CODE]

/** Packages that a text has npx fetch, or names with a version, but for the exact ones. */
function otherVersions(text: string): string[] {
  const named = text.match(/(?:@cloudbase\/cli|miniprogram-ci)@[\w.^~*-]+/g) ?? []
  const fetched = [...text.matchAll(/npx (?:--yes )?(?:-p|--package)[ =](\S+)/g)].map(([, name = '']) => name)
  const versions = named.map((name) => name.replace(/\.$/, ''))
  return [...versions, ...fetched].filter((name) => !TOOLS.includes(name))
}

it('everything that npx fetches has the exact version of scripts/lib/deployment/tools.ts', () => {
  for (const tool of TOOLS) expect(tool).toMatch(/@\d+\.\d+\.\d+$/)
  const found = FILES.flatMap((file) =>
    otherVersions(readFileSync(projectPath(file), 'utf8')).map((name) => `${file}: ${name}`),
  )
  expect(found).toEqual([])
})

it('finds a range, another version and a package without one', () => {
  expect(otherVersions('npx --yes -p @cloudbase/cli@3 tcb')).toContain('@cloudbase/cli@3')
  expect(otherVersions('miniprogram-ci@2.1.41 is older.')).toEqual(['miniprogram-ci@2.1.41'])
  expect(otherVersions('npx -p @cloudbase/cli tcb login')).toEqual(['@cloudbase/cli'])
  expect(otherVersions(`npx --yes -p ${CLOUDBASE_CLI} tcb login`)).toEqual([])
})
