import { COMPONENT_NAMES } from '../component-names.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { readTags } from './tags.ts'

/** Of the template language itself. */
const LANGUAGE = ['block', 'slot', 'template', 'import', 'include', 'wxs']
const KNOWN = new Set<string>([...COMPONENT_NAMES, ...LANGUAGE])

/**
 * Notes each tag that is neither WeChat's, as far as the phone has them, nor one of `usingComponents`.
 * @param sources WXML by path
 * @param usersOf pages and components that a source is drawn for
 */
export function noteUnknownTags(
  { units }: MiniProgram,
  {
    sources,
    usersOf,
    diagnostics,
  }: {
    sources: ReadonlyMap<string, string>
    usersOf: (path: string) => readonly string[]
    diagnostics: Diagnostics
  },
): void {
  for (const [path, source] of sources) {
    // What does not run for another reason is told that first.
    const running = usersOf(path).filter((user) => diagnostics.of(user).length === 0)
    const users = running.flatMap((user) => units.get(user) ?? [])
    if (users.length === 0) continue
    const known = new Set(
      users.flatMap(({ config }) => [
        ...Object.keys(config.usingComponents ?? {}),
        ...Object.keys(config.componentGenerics ?? {}),
      ]),
    )
    for (const { name, line } of readTags(source)) {
      if (KNOWN.has(name) || known.has(name)) continue
      const message = `<${name}> 既不是这台手机有的组件，也不在 usingComponents 里：显示不出来`
      diagnostics.note({ file: `${path}.wxml`, line, message })
    }
  }
}
