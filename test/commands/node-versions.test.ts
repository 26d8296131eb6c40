import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CATALOGUE } from '../../parity/catalogue.ts'
import { checkBundles } from '../../scripts/checks/platform/bundle-check.ts'
import { fetchNode } from '../../scripts/checks/platform/node-binary.ts'
import { checkParity } from '../../scripts/checks/platform/parity-check.ts'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { GUARD_FOLDER } from '../../scripts/lib/build/build-project.ts'
import { RUNTIMES } from '../../scripts/lib/deployment/runtimes.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-versions-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const functionsDirectory = projectPath('dist/cloudfunctions')

it('every built function answers under this Node', async () => {
  const calls = await checkBundles({ functionsDirectory })
  expect(calls.filter(({ failure }) => failure !== undefined)).toEqual([])
  expect(calls.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['login with a phone code', 'checkToken', 'silent login', 'logout', 'trips']),
  )
})

it.runIf(isExhaustive).each(shardOfAll(RUNTIMES))(
  'every built function, one that auth-guard.js guards, and parity answer on $name',
  async ({ version }) => {
    const node = await fetchNode(version)
    if ('failure' in node) throw new Error(node.failure)
    const calls = await checkBundles({
      functionsDirectory,
      guardDirectory: GUARD_FOLDER,
      nodeExecutable: node.executable,
    })
    expect(calls.map(({ name }) => name)).toContain('guarded')
    expect(calls.filter(({ failure }) => failure !== undefined)).toEqual([])
    const parity = await checkParity(node.executable)
    expect(parity).not.toHaveProperty('failure')
    expect(parity.answered).toBe(CATALOGUE.length)
  },
  180_000,
)

it.runIf(isExhaustive)(
  'a Node that the registry does not have is named in its words',
  async () => {
    const node = await fetchNode('16.99.0')
    expect(node).toEqual({ failure: expect.stringMatching(/node-\S+@16\.99\.0/) })
  },
  60_000,
)

it('functions run under the Node they are given, and what fails there is named', async () => {
  const nodeExecutable = join(directory, 'node')
  const log = join(directory, 'log')
  writeFileSync(nodeExecutable, `#!/bin/sh\necho started >> ${log}\nexec ${process.execPath} "$@"\n`)
  chmodSync(nodeExecutable, 0o755)
  const target = join(directory, 'functions')
  await buildFunctions({ source: projectPath('cloudfunctions'), target })
  writeFileSync(join(target, 'trips', 'index.js'), 'noSuchThing()')
  const calls = await checkBundles({ functionsDirectory: target, nodeExecutable })
  expect(readFileSync(log, 'utf8')).toContain('started')
  expect(calls.filter(({ failure }) => failure !== undefined)).toMatchObject([
    { name: 'trips', failure: expect.stringContaining('noSuchThing') },
  ])
})
