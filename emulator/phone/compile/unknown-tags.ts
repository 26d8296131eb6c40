import { ATTRIBUTES_WITHOUT_EFFECT } from '../program/attributes-without-effect.ts'
import { COMPONENT_NAMES, type ComponentName } from '../program/component-names.ts'
import { APP, type Diagnostics } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { readTags } from './tags.ts'

/** Tags of the template language. */
const LANGUAGE = ['block', 'slot', 'template', 'import', 'include', 'wxs']
const KNOWN = new Set<string>([...COMPONENT_NAMES, ...LANGUAGE])

/**
 * Notes each tag that is neither a built-in component of the phone nor one of `usingComponents`, and the first place of
 * each attribute that the phone ignores. Attributes in packages of npm are left out: nobody changes those.
 * @param paths of the WXML of the mini-program
 * @param usersOf pages and components that draw a source
 */
export function noteUnknownTags(
  { files, components, missingTags }: MiniProgram,
  {
    paths,
    usersOf,
    diagnostics,
  }: {
    paths: readonly string[]
    usersOf: (path: string) => readonly string[]
    diagnostics: Diagnostics
  },
): void {
  /** Tags and attributes that have a note: one place of each is enough. */
  const noted = new Set<string>()
  for (const path of paths) {
    // A page or component that cannot run has errors that matter more.
    const running = usersOf(path).filter((user) => diagnostics.errorsOf(user).length === 0)
    const users = running.flatMap((user) => components.get(user) ?? [])
    if (users.length === 0) continue
    // A missing component is noted where `usingComponents` names it.
    const missing = [APP, ...running].flatMap((user) => missingTags.get(user) ?? [])
    const known = new Set([
      ...missing,
      ...users.flatMap(({ config }) => [
        ...Object.keys(config.usingComponents ?? {}),
        ...Object.keys(config.componentGenerics ?? {}),
      ]),
    ])
    for (const { name, line, attributes } of readTags(files.read(`${path}.wxml`))) {
      if (known.has(name)) continue
      for (const attribute of isOfPackage(path) ? [] : withoutEffect(name, attributes)) {
        if (noted.has(`${name} ${attribute}`)) continue
        noted.add(`${name} ${attribute}`)
        const message = `<${name}> 的属性 ${attribute} 在这台手机上没有效果 · has no effect here`
        diagnostics.addNote({ file: `${path}.wxml`, line, message })
      }
      if (KNOWN.has(name)) continue
      const message = `<${name}> 既不是这台手机有的组件，也不在 usingComponents 里：显示不出来 · unknown tag: shows nothing`
      diagnostics.addNote({ file: `${path}.wxml`, line, message })
    }
  }
}

function isOfPackage(path: string): boolean {
  return path.split('/').includes('miniprogram_npm')
}

/** The attributes of a built-in component that the phone ignores; one that is switched off is none. */
function withoutEffect(name: string, attributes: ReadonlyMap<string, string>): string[] {
  const ignored = ATTRIBUTES_WITHOUT_EFFECT[name as ComponentName]?.split(' ') ?? []
  return ignored.filter((attribute) => {
    const value = attributes.get(attribute)
    return value !== undefined && !/^\{\{\s*false\s*\}\}$/.test(value)
  })
}
