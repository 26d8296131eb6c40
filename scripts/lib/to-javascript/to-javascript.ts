import { convertNode } from './convert-node.ts'
import { Exports } from './exports.ts'
import { isOnlyTypes, Library, specifiersOf } from './library.ts'
import { convertUse, liveImports } from './live-bindings.ts'
import { Source } from './source.ts'
import { walk } from './walk.ts'

export interface JavaScriptOptions {
  /** Where a file goes: its path there, still with `.ts`. Imports between the files follow. By default each stays. */
  readonly place?: (path: string) => string
}

/**
 * Turns a mini-program's TypeScript into JavaScript that reads as if it were written so: comments and lay-out stay, types
 * go into JSDoc, modules are CommonJS. A file of types alone becomes a `.d.ts`, which editors read and WeChat ignores.
 * @param files text by path, with `/`; those that are no `.ts` pass unchanged
 * @returns text by path
 * @throws NotConvertible for TypeScript without a counterpart; the message names the place
 */
export function toJavaScript(
  files: ReadonlyMap<string, string>,
  { place = (path) => path }: JavaScriptOptions = {},
): Map<string, string> {
  const sources = new Map<string, Source>()
  for (const [path, code] of files) if (isTypeScript(path)) sources.set(path, new Source(path, code))
  const library = new Library(sources, place)
  const converted = new Map<string, string>()
  for (const [path, text] of files) {
    const source = sources.get(path)
    if (!source) converted.set(place(path), text)
    else if (isOnlyTypes(source))
      converted.set(place(path).replace(/\.ts$/, '.d.ts'), keepTypes(source, library))
    else converted.set(place(path).replace(/\.ts$/, '.js'), convert(source, library))
  }
  return converted
}

function isTypeScript(path: string): boolean {
  return path.endsWith('.ts') && !path.endsWith('.d.ts')
}

/** Types stay as they are; only the files that they name may have moved. */
function keepTypes(source: Source, library: Library): string {
  for (const { value, range } of specifiersOf(source)) {
    source.edits.overwrite(range.start, range.end, `'${library.specifier(source.path, value)}'`)
  }
  return source.edited()
}

function convert(source: Source, library: Library): string {
  const exports = new Exports()
  const live = liveImports(source, library)
  walk(source.program, (node, parents) => {
    convertUse(source, node, parents, live)
    return convertNode(source, library, exports, node, parents)
  })
  const statement = exports.statement()
  const text = library.renameInText(source.edited())
  return statement === '' ? text : `${text.trimEnd()}\n\n${statement}`
}
