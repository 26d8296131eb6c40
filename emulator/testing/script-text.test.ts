import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'
import { callText, DEFINE_NAME, scriptText } from './script-text.ts'

/** As tsx compiles it. */
function compile(source: string): (argument: number) => number {
  const { code } = transformSync(`return ${source}`, { keepNames: true })
  return new Function(code)() as (argument: number) => number
}

const script = compile('(count) => { const twice = (n) => 2 * n; return twice(count) }')

it('a function that was compiled with its names kept runs as its text', () => {
  expect(String(script)).toContain('__name(')
  expect(() => runInNewContext(`(${script})(2)`)).toThrow('__name is not defined')
  expect(runInNewContext(`${scriptText(script)}(2)`)).toBe(4)
  expect(runInNewContext(callText(script, 2))).toBe(4)
})

it('a function without an argument runs as its text', () => {
  expect(runInNewContext(callText(() => 'done'))).toBe('done')
})

it('a window with the init script runs it too, and lists no global of ours', () => {
  expect(runInNewContext(`${DEFINE_NAME};(${script})(2)`)).toBe(4)
  expect(runInNewContext(`${DEFINE_NAME};Object.keys(globalThis)`)).toEqual([])
})
