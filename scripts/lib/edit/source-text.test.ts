import { describe, expect, it } from 'vitest'
import { NoSuchList, SourceText } from './source-text.ts'

const appended = (path: string, text: string, list: string[], entry: string) =>
  new SourceText(path, text).append(list, entry).text

describe('adds an entry and leaves everything else as it is:', () => {
  it.each([
    ['one line', "export const A: readonly string[] = ['中', 'b']", ['A'], "'c'", "= ['中', 'b', 'c']"],
    ['an empty list', 'const A = []', ['A'], "'c'", "const A = ['c']"],
    ['an empty object', 'const A = { b: {} }', ['A', 'b'], 'c: 1', 'const A = { b: { c: 1 } }'],
    ['several lines', 'const A = [\n  1,\n]\n', ['A'], '2', 'const A = [\n  1,\n  2,\n]\n'],
    ['no comma at the end', 'const A = [\n  1\n]', ['A'], '2', 'const A = [\n  1,\n  2\n]'],
    ['a comment', 'const A = [\n\t1, // one\n\t// end\n]', ['A'], '2', '[\n\t1, // one\n\t2,\n\t// end\n]'],
    ['a comment without a comma', 'const A = [\n  1 // one\n]', ['A'], '2', '[\n  1, // one\n  2\n]'],
    ['as const', 'const A = { b: { c: [1] } } as const', ['A', 'b', 'c'], '2', 'c: [1, 2]'],
    ['an interface', 'export interface A {\n  a: B\n}\n', ['A'], 'b: C', '{\n  a: B\n  b: C\n}\n'],
    ['Windows’s line ends', 'const A = [\r\n  1,\r\n]', ['A'], '2', '[\r\n  1,\r\n  2,\r\n]'],
  ])('%s', (_name, text, list, entry, wanted) => {
    expect(appended('a.ts', text, list, entry)).toContain(wanted)
  })

  it('JSON with comments', () => {
    const json = '{\n    // first\n    "pages": ["a",\n        "b"\n    ], "x": 1\n}\n'
    expect(appended('app.json', json, ['pages'], '"c"')).toBe(
      '{\n    // first\n    "pages": ["a",\n        "b",\n        "c"\n    ], "x": 1\n}\n',
    )
  })

  it('an import', () => {
    const text = "import a from 'a'\nimport {\n  b,\n} from 'b'\n\nconst c = 1\n"
    expect(new SourceText('a.ts', text).addImport("import d from 'd'").text).toBe(
      "import a from 'a'\nimport {\n  b,\n} from 'b'\nimport d from 'd'\n\nconst c = 1\n",
    )
    expect(new SourceText('a.ts', text).importedNames()).toEqual(['a', 'b'])
  })
})

it('reads the entries of a list', () => {
  expect(new SourceText('a.ts', "const A = ['x', 'y']").entries(['A'])).toEqual(['x', 'y'])
  expect(new SourceText('a.json', '{ "a": 1, "b": {} }').entries([])).toEqual(['a', 'b'])
  expect(new SourceText('a.ts', 'interface A { b: C; d: E }').entries(['A'])).toEqual(['b', 'd'])
})

it.each([
  ['a.ts', 'const B = []', ['A']],
  ['a.ts', 'const A = make()', ['A']],
  ['a.ts', 'const A = [', ['A']],
  ['app.json', '{ "pages": "a" }', ['pages']],
  ['app.json', '{ "pages": [ }', ['pages']],
])('rejects %s with %s', (path, text, list) => {
  expect(() => appended(path, text, list, '1')).toThrow(NoSuchList)
})
