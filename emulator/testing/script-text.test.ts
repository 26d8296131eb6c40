import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'
import { callText, DEFINE_NAME, scriptText } from './script-text.ts'

const SOURCE = 'const script = (count) => { const double = (n) => 2 * n; return double(count) }'

/** As tsx compiles it. */
const compile = (source: string) => transformSync(source, { keepNames: true, format: 'esm' }).code

const run = (code: string) => new Function(`${code}; return script`)() as (argument: number) => number

const once = run(compile(SOURCE))
const twice = run(compile(compile(SOURCE)))

it.each([
  ['once', '__name(', once],
  ['twice', '__name2(', twice],
])('a function that was compiled %s with its names kept runs as its text', (_times, call, script) => {
  expect(String(script)).toContain(call)
  expect(() => runInNewContext(`(${script})(2)`)).toThrow(/__name\d? is not defined/)
  expect(runInNewContext(`${scriptText(script)}(2)`)).toBe(4)
  expect(runInNewContext(callText(script, 2))).toBe(4)
  expect(runInNewContext(`${DEFINE_NAME};(${script})(2)`)).toBe(4)
})

it('a function without an argument runs as its text', () => {
  expect(runInNewContext(callText(() => 'done'))).toBe('done')
})

it('a window with the init script lists no global of ours', () => {
  expect(runInNewContext(`${DEFINE_NAME};Object.keys(globalThis)`)).toEqual([])
})
