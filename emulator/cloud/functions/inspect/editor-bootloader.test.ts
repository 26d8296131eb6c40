import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { FixtureCloud } from '../../../testing/fixture-cloud.ts'

const { NODE_OPTIONS } = process.env
let folder: string
let kit: FixtureCloud | undefined
afterEach(async () => {
  await kit?.stop()
  delete process.env['VSCODE_INSPECTOR_OPTIONS']
  if (NODE_OPTIONS === undefined) delete process.env['NODE_OPTIONS']
  else process.env['NODE_OPTIONS'] = NODE_OPTIONS
  rmSync(folder, { recursive: true, force: true })
})

it('VS Code, when it has started the program, is led to each instance at the emulator’s address', async () => {
  folder = mkdtempSync(join(tmpdir(), 'in the editor '))
  mkdirSync(join(folder, 'functions/hello'), { recursive: true })
  writeFileSync(
    join(folder, 'functions/hello/index.js'),
    'exports.main = () => ({ variable: process.env.EMULATOR_INSPECTOR_URL, home: process.env.HOME })',
  )
  // As the editor's own module, which asks where to attach before anything else runs.
  const bootloader = join(folder, 'bootloader.js')
  const seen = join(folder, 'seen.json')
  writeFileSync(
    bootloader,
    `const { VSCODE_INSPECTOR_OPTIONS: options } = process.env
     if (process.argv[1]?.endsWith('instance-runtime.cjs'))
       require('fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ options, url: require('inspector').url() }))`,
  )
  process.env['VSCODE_INSPECTOR_OPTIONS'] = '{"inspectorIpc":"pipe"}'
  process.env['NODE_OPTIONS'] = ` --require "${bootloader}" `
  kit = await FixtureCloud.start({ functionsDirectory: join(folder, 'functions'), inspectorPort: 0 })
  // Variables of the machine stay outside as ever.
  expect((await kit.invoke('hello', 'oAlice', {})).result).toEqual({})
  expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
    options: '{"inspectorIpc":"pipe"}',
    url: `ws://${kit.cloud.inspector?.host}/hello/1`,
  })
})
