import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloudKit } from '../../../test/support/cloud-kit.ts'
import { buildFunctions } from '../build/build-functions.ts'
import { makeSecrets } from '../keys/make-secrets.ts'
import { projectPath } from '../project.ts'
import { TraceError, trace } from './trace.ts'

const SAVE = `/** Line 1. */
export function save(): never {
  throw new TypeError('no trip of 138' + '12345678')
}
`
/** The text of a function whose `serve()` catches what `save` throws. */
const indexOf = (name: string) => `
import { serve } from ${JSON.stringify(projectPath('cloudfunctions/shared/handlers/serve.ts'))}
import { save } from '../save.ts'
export const main = serve('${name}', async () => save())
`

let project: string
let paths: { source: string; target: string; sourceMaps: string }
let logged: string
beforeAll(async () => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'trace-')))
  const source = join(project, 'cloudfunctions')
  paths = {
    source,
    target: join(project, 'dist/cloudfunctions'),
    sourceMaps: join(project, 'dist/source-maps'),
  }
  for (const name of ['trips', 'notes']) {
    mkdirSync(join(source, name), { recursive: true })
    writeFileSync(join(source, name, 'index.ts'), indexOf(name))
  }
  writeFileSync(join(source, 'save.ts'), SAVE)
  await buildFunctions(paths)
  logged = runInNode('trips')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** What a built function logs where there is no emulator, as in the cloud. */
function runInNode(name: string): string {
  const file = JSON.stringify(join(paths.target, name, 'index.js'))
  const code = `require(${file}).main({}, {}).then(({ code }) => console.log('answered ' + code))`
  const variables = { ...process.env, ...makeSecrets(), TCB_CONTEXT_KEYS: '' }
  const output = execFileSync(process.execPath, ['-e', `console.error = console.log; ${code}`], {
    encoding: 'utf8',
    env: variables,
  })
  expect(output).toContain('answered 500')
  return output.replaceAll(join(paths.target, name), '/var/user')
}

const traced = (text: string, functionName?: string) =>
  trace(text, { ...paths, project, ...(functionName === undefined ? {} : { functionName }) })

describe('what serve() logs of an error that it caught', () => {
  it('has its place without its message in the cloud, and names the build', () => {
    expect(logged).toContain('TypeError at save (/var/user/index.js:')
    expect(logged).not.toContain('no trip')
    expect(logged).toMatch(/"build":"[0-9a-f]{8}"/)
  })

  it('has message, place and code in the emulator, and the number is masked', async () => {
    const kit = await CloudKit.start({ functionsDirectory: paths.target, projectDirectory: project })
    try {
      expect(await kit.call('trips', 'oAlice', {})).toMatchObject({ code: 500, reason: 'INTERNAL' })
      const { logs } = await kit.lastCall()
      const thrown = logs.find((line) => line.thrown)?.thrown
      expect(thrown).toMatchObject({ name: 'TypeError', message: 'no trip of 138****5678' })
      expect(thrown?.places[0]).toMatchObject({ file: 'cloudfunctions/save.ts', line: 3, column: 9 })
      expect(thrown?.excerpt?.lines[1]).toContain('function save')
      expect(JSON.stringify(logs)).not.toContain('13812345678')
    } finally {
      await kit.stop()
    }
  })
})

describe('a trace', () => {
  it('puts the places of the sources into the line that serve() logs', () => {
    const { text, warnings } = traced(logged)
    expect(text).toContain('TypeError at save (cloudfunctions/save.ts:3:9)')
    expect(text).toContain('cloudfunctions/trips/index.ts:4:')
    expect(text).not.toContain('index.js')
    expect(warnings).toEqual([])
  })

  it('of a bare stack finds the function, or takes the one that is named, and says which build it assumes', () => {
    const [place] = /index\.js:\d+:\d+/.exec(logged) ?? []
    const stack = `TypeError: x\n    at save (/var/user/${place})\n    at node:internal/x:1:2`
    const { text, warnings } = traced(stack, 'trips')
    expect(text).toBe('TypeError: x\n    at save (cloudfunctions/save.ts:3:9)\n    at node:internal/x:1:2')
    expect(warnings).toEqual([expect.stringContaining('trips')])
    expect(traced(`at ${join(paths.target, 'trips')}/${place}`).text).toBe('at cloudfunctions/save.ts:3:9')
  })

  it.each([
    ['a text without a place', 'nothing here', undefined, 'index.js:1134:17'],
    ['a function that was not built', 'at index.js:1:1', 'other', 'trips'],
    ['a place that fits no function', 'at index.js:99999:1', undefined, '--function'],
  ])('rejects %s, and says what to do', (_name, text, functionName, advice) => {
    expect(() => traced(text, functionName)).toThrow(TraceError)
    expect(() => traced(text, functionName)).toThrow(advice)
  })

  it('leaves the places of another build, and says so', async () => {
    writeFileSync(join(paths.source, 'save.ts'), `\n\n${SAVE}\nconsole.log('another build')\n`)
    await buildFunctions(paths)
    const { text, places, warnings } = traced(logged)
    expect(text).toBe(logged)
    expect(places).toBe(0)
    expect(warnings).toEqual([expect.stringContaining('npm run build')])
  })
})

it('the map stays beside what is deployed', () => {
  expect(readdirSync(paths.sourceMaps)).toEqual(['notes.js.map', 'trips.js.map'])
  expect(readdirSync(join(paths.target, 'trips'))).not.toContainEqual(expect.stringContaining('.map'))
})
