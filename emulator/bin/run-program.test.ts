import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const RUN = fileURLToPath(new URL('run.js', import.meta.url))
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'run-program-'))
  write(
    'program.ts',
    `import { ts } from './typed.ts'
import { js } from './plain.js'
import data from './data.json'
console.log(ts, js, data.json, process.argv.slice(2).join(), import.meta.url.endsWith('/program.ts'))
`,
  )
  write('typed.ts', 'export const ts: number = 1')
  write('plain.js', 'export const js = 1')
  write('data.json', '{"json": 1}')
})
afterAll(() => rmSync(directory, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(directory, name), text)
const run = (...given: string[]) =>
  execFileSync(process.execPath, [RUN, join(directory, 'program.ts'), ...given], { encoding: 'utf8' }).trim()

it('a program runs as its sources are, whichever has changed since it was compiled', () => {
  expect(run('a', 'b')).toBe('1 1 1 a,b true')
  expect(run()).toBe('1 1 1  true')
  write('typed.ts', 'export const ts: number = 22')
  expect(run()).toBe('22 1 1  true')
  write('plain.js', 'export const js = 22')
  expect(run()).toBe('22 22 1  true')
  write('data.json', '{"json": 22}')
  expect(run()).toBe('22 22 22  true')
})

it('a program that does not compile says where', () => {
  write('typed.ts', 'export const ts: number = (')
  expect(() => run()).toThrow(/typed\.ts:1:27/)
})
