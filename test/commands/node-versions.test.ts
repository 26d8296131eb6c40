import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { buildFunctions } from '../../scripts/build-functions.ts'
import { checkBundles } from '../../scripts/bundle-check.ts'
import { projectPath } from '../../scripts/project.ts'

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
