import type { ComponentConfig } from '../../program/program.ts'
import { isPageIsolation } from '../../program/style-isolation.ts'
import type { ErrorLog } from '../device/error-log.ts'
import type { CodeSpace } from './code-space.ts'
import { builtInBehaviors } from './definition/built-in-behaviors.ts'
import { type DefinedBehavior, normalizeDefinition } from './definition/definition.ts'
import { copyFields, splitPage } from './definition/page.ts'
import { type Definition, isRecord } from './definition/source.ts'

/** What runs now: the script of a page or component. */
interface RunningScript {
  path: string
  /** File of the script, for notes. */
  file: string
  isPage: boolean
  config: ComponentConfig
}

/**
 * The globals `Page`, `Component` and `Behavior`. A definition belongs to the page or component whose script runs.
 */
export class ComponentGlobals {
  readonly #space: CodeSpace
  readonly #errors: ErrorLog
  readonly #builtIns: ReadonlyMap<string, DefinedBehavior>
  readonly #behaviors = new WeakSet<object>()
  #running: RunningScript | undefined

  constructor(space: CodeSpace, errors: ErrorLog) {
    this.#space = space
    this.#errors = errors
    this.#builtIns = builtInBehaviors(space)
  }

  /** Puts the functions into the global scope of the mini-program. */
  install(target: object): void {
    Object.assign(target, {
      Page: (definition: unknown) => this.#definePage(definition),
      Component: (definition: unknown) => this.#defineComponent(definition),
      Behavior: (definition: unknown) => this.#defineBehavior(definition),
    })
  }

  /** Runs the script of a page or component. @throws what the script throws */
  run(script: RunningScript, run: () => unknown): void {
    this.#running = script
    try {
      run()
    } finally {
      this.#running = undefined
    }
  }

  #definePage(source: unknown): void {
    const running = this.#require('Page')
    if (!running) return
    const { definition: page, fields } = splitPage(source)
    const { behaviors, definition } = this.#normalize(page)
    this.#prepare(running, definition)
    const builder = this.#space.component(running.path)
    for (const behavior of behaviors) builder.behavior(behavior as never)
    builder
      .definition(definition)
      .init(function (this: object) {
        Object.assign(this, copyFields(fields))
      })
      .register()
  }

  #defineComponent(source: unknown): unknown {
    const running = this.#require('Component')
    if (!running) return undefined
    const { behaviors, definition } = this.#normalize(source)
    this.#prepare(running, definition)
    const builder = this.#space.component(running.path)
    for (const behavior of behaviors) builder.behavior(behavior as never)
    return builder.definition(definition).register()
  }

  #defineBehavior(source: unknown): unknown {
    const { behaviors, definition } = this.#normalize(source)
    const builder = this.#space.behavior()
    for (const behavior of behaviors) builder.behavior(behavior as never)
    const behavior = builder.definition(definition).register()
    this.#behaviors.add(behavior)
    return behavior
  }

  #normalize(source: unknown) {
    const file = this.#running?.file ?? 'app'
    return normalizeDefinition(source, {
      note: (message) => this.#errors.note(`提示 ${file}: ${message}`),
      behaviorOf: (reference) => {
        if (typeof reference === 'string') return this.#builtIns.get(reference)
        return isRecord(reference) && this.#behaviors.has(reference)
          ? (reference as unknown as DefinedBehavior)
          : undefined
      },
    })
  }

  /** Options in the script decide the style isolation, unless the .json does. */
  #prepare({ path, config, isPage }: RunningScript, { options }: Definition): void {
    const { styleIsolation, addGlobalClass } = (options ?? {}) as Definition
    const wanted =
      config.styleIsolation ?? styleIsolation ?? (addGlobalClass === true ? 'apply-shared' : undefined)
    const isolation = isPage && !isPageIsolation(wanted) ? 'shared' : wanted
    if (isolation === undefined) return
    this.#space.addComponentStaticConfig(path, { ...config, styleIsolation: isolation } as never)
  }

  #require(name: string): RunningScript | undefined {
    if (!this.#running) {
      this.#errors.note(`提示 ${name}() 只在页面或组件自己的脚本里有效，这次调用被忽略`)
    }
    return this.#running
  }
}
