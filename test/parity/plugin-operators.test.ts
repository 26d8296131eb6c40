import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** What the document plugin of PG mode is documented to take: docs.cloudbase.net/en/api-reference/webv3-pg/database/command. */
const LISTED = `eq neq gt gte lt lte in nin and or set inc mul remove push pop unshift shift`.split(' ')

/** A use of `db.command`, which the functions call `_` or `command`. */
const OPERATOR = /\b(?:_|command)\.([a-zA-Z]+)\(/g

it('the deployment pages name each operator of the functions that the plugin’s page does not list', () => {
  const sources = filesBelow(projectPath('cloudfunctions')).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const text = sources.map((file) => readFileSync(projectPath(`cloudfunctions/${file}`), 'utf8')).join('\n')
  const used = new Set([...text.matchAll(OPERATOR)].flatMap(([, name]) => name ?? []))
  expect(used.size).toBeGreaterThan(10)
  const unlisted = [...used].filter((name) => !LISTED.includes(name)).sort()
  for (const page of ['docs/en/deploy.md', 'docs/zh-CN/deploy.md']) {
    const [line = ''] = /webv3-pg.*?#pg-operators/s.exec(readFileSync(projectPath(page), 'utf8')) ?? []
    expect([...line.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(unlisted)
  }
})
