import type { CompiledComponent, ComponentConfig } from '../program/program.ts'
import { isScoped } from '../program/style-isolation.ts'
import { APP, type Diagnostics, diagnosticAt } from './diagnostics.ts'
import { lineOf, readJson, textsByName } from './json-source.ts'
import { noteUnknownFields } from './known-fields.ts'
import type { MissingPackages } from './missing-packages.ts'
import type { Packages } from './packages.ts'
import { candidatesOf, PACKAGES_FOLDER, replaceAlias } from './references.ts'
import { scriptOf } from './script-files.ts'
import { readScriptOptions } from './script-options.ts'
import type { SourceFiles } from './source-files.ts'

interface ComponentSources {
  files: SourceFiles
  packages: Packages
  aliases: Readonly<Record<string, string>>
  missing: MissingPackages
}

/** Tag and path of a component. */
type Usage = readonly [tag: string, path: string]

/** The .json that uses a component. */
interface User {
  path: string
  /** Text of the .json. */
  text: string
}

/** Collects pages and the components that they use, and the components that those use. */
export class ComponentCollector {
  readonly components = new Map<string, CompiledComponent>()
  readonly #sources: ComponentSources
  readonly #diagnostics: Diagnostics
  readonly #missingTags = new Map<string, readonly string[]>()
  #appUsages: readonly Usage[] = []

  constructor(sources: ComponentSources, diagnostics: Diagnostics) {
    this.#sources = sources
    this.#diagnostics = diagnostics
  }

  /** Sets the components that every page and component may use: `usingComponents` of app.json. */
  useEverywhere(using: unknown, text: string): void {
    this.#appUsages = this.#resolve({ path: APP, text }, using)
  }

  /** Tags whose component is noted as missing, by the page or component with the `usingComponents`, or the app. */
  get missingTags(): ReadonlyMap<string, readonly string[]> {
    return this.#missingTags
  }

  /** Adds a page or component and all that it uses, each once. */
  add(path: string, isPage: boolean): void {
    if (this.components.has(path)) return
    const { files } = this.#sources
    const reading = { affected: path, diagnostics: this.#diagnostics }
    const { value: config, text } = readJson<ComponentConfig>(files, `${path}.json`, reading)
    if (files.own.has(`${path}.json`) && !path.includes(`${PACKAGES_FOLDER}/`))
      noteUnknownFields({ file: `${path}.json`, config, text }, this.#diagnostics)
    const script = scriptOf(files, path)
    if (script !== undefined) Object.assign(config, readScriptOptions(files.read(script), config))
    this.components.set(path, {
      isPage,
      config,
      ...(script === undefined ? {} : { script }),
      ...(isScoped(isPage, config.styleIsolation) ? { styleScope: `c${this.components.size}` } : {}),
    })
    if (!files.has(`${path}.wxml`)) this.#reportNoTemplate(path)
    const user = { path, text }
    const ownUsages = this.#resolve(user, config.usingComponents, config.componentPlaceholder)
    // A component of app.json does not use itself.
    const usages = [...this.#appUsages.filter(([, component]) => component !== path), ...ownUsages]
    config.usingComponents = Object.fromEntries(usages.map(([tag, component]) => [tag, `/${component}`]))
    for (const [, component] of [...usages, ...this.#genericDefaults(user, config)])
      this.add(component, false)
  }

  #reportNoTemplate(path: string): void {
    const other = this.#sources.files.inOtherCase(`${path}.wxml`)
    const hint = other === undefined ? '' : `（只有大小写不同的 ${other}）`
    this.#diagnostics.addError({ file: 'app.json', message: `${path}.wxml 不存在${hint}` }, [path])
  }

  #genericDefaults(user: User, { componentGenerics }: ComponentConfig): Usage[] {
    return Object.values(componentGenerics ?? {}).flatMap((generic) =>
      typeof generic === 'object' && generic?.default !== undefined
        ? this.#resolve(user, { '': generic.default })
        : [],
    )
  }

  /** Finds components by their references. One that cannot be used is reported and left out. */
  #resolve(user: User, using: unknown, placeholders: unknown = {}): Usage[] {
    const placed = textsByName(placeholders)
    return Object.entries(textsByName(using)).flatMap(([tag, reference]): Usage[] => {
      const line = lineOf(user.text, tag, reference)
      const path = this.#find(user, { tag, reference, line })
      if (path === undefined) return []
      const refusal = tag in placed ? undefined : this.#sources.packages.refusal(user.path, path)
      if (refusal === undefined) return [[tag, path]]
      const error = diagnosticAt(`${user.path}.json`, line, `<${tag}>：${refusal}`)
      // An error in app.json stops no page: the missing component is noted where its tag is used.
      this.#diagnostics.addError(error, user.path === APP ? [] : [user.path])
      return []
    })
  }

  /** A component that does not exist stops no page: its tag shows nothing. */
  #find(
    { path: from }: User,
    { tag, reference, line }: { tag: string; reference: string; line: number | undefined },
  ): string | undefined {
    const { files, aliases, missing } = this.#sources
    const note = (message: string) => this.#diagnostics.addNote(diagnosticAt(`${from}.json`, line, message))
    if (/^(plugin|plugin-private|dynamicLib):\/\//.test(reference)) {
      this.#missingTags.set(from, [...(this.#missingTags.get(from) ?? []), tag])
      note(`<${tag}> 来自插件 ${reference}，这台手机没有实现插件 · plugins do not run here`)
      return undefined
    }
    const bare = reference.replace(/\.(wxml|json|js|ts)$/, '')
    // An empty path would mean the folder, and so perhaps the page itself.
    const candidates = bare === '' ? [] : candidatesOf(from, replaceAlias(bare, aliases))
    const path = candidates.find((candidate) => files.has(`${candidate}.wxml`))
    if (path !== undefined) return path
    const other = candidates.map((candidate) => files.inOtherCase(`${candidate}.wxml`)).find(Boolean)
    if (other !== undefined) {
      note(
        `<${tag}>：${reference} 和文件 ${other} 的大小写不同，真机上找不到 · differs from the file in case`,
      )
      return other.replace(/\.wxml$/i, '')
    }
    this.#missingTags.set(from, [...(this.#missingTags.get(from) ?? []), tag])
    const isKnown = missing.isKnown(reference)
    const message = missing.describe(reference) ?? `${candidates[0] ?? ''}.wxml 不存在`
    // One note for a package that is not installed, however many components it has.
    if (!isKnown) note(`<${tag}>：${message}`)
    return undefined
  }
}
