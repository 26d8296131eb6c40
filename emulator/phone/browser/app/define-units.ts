import type { GeneralBehavior } from 'glass-easel'
import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Mistake, Program, Templates } from '../../program.ts'
import { COMPONENTS } from '../components/components.ts'
import { messageOf } from '../describe-error.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from './attempt.ts'
import { tellMissingHandlers } from './handlers.ts'
import type { Services } from './host.ts'
import { registerComponents, urlOf } from './register.ts'
import { createWxs } from './wxs.ts'

export type CodeSpace = ReturnType<MiniProgramEnv['createCodeSpace']>

/** What pages and components were made of a mini-program. */
export interface DefinedUnits {
  space: CodeSpace
  /** Why a page or component cannot run, by its path. */
  broken: ReadonlyMap<string, readonly Mistake[]>
}

/**
 * Runs the scripts of the app, then of all components and pages, which define themselves. One that throws is the only
 * one that is broken; a broken component stays empty, so that the pages that use it run.
 * @param behavior of every page and component, as `Behavior({…})` takes it
 */
export function defineUnits(
  environment: MiniProgramEnv,
  program: Program,
  { services, errors, behavior }: { services: Services; errors: ErrorLog; behavior: object },
): DefinedUnits {
  const { units, modules } = program
  const builtIns = environment.getGlobalCodeSpace()
  registerComponents(builtIns, services, (path) => units[path]?.styleScope)
  const space = environment.createCodeSpace('main', true)
  for (const name of Object.keys(COMPONENTS)) {
    const component = builtIns.getComponentSpace().getComponentByUrl(urlOf(name), '')
    space.getComponentSpace().setGlobalUsingComponent(name, component)
  }
  const common = space
    .behavior()
    .definition(behavior as never)
    .register()
  // The adapter keeps glass-easel's behaviour out of its types, and asks for it.
  space.setOverallBehavior((common as unknown as { _$: GeneralBehavior })._$)
  const templates = program.templates(createWxs())
  const broken = new Map<string, readonly Mistake[]>(Object.entries(program.broken))
  const fail = (path: string, mistake: Mistake, error?: unknown) => {
    broken.set(path, [...(broken.get(path) ?? []), mistake])
    if (error !== undefined) errors.addThrown(error, mistake.file)
  }
  for (const path of Object.keys(units)) {
    try {
      addUnit(space, program, { path, templates, errors })
    } catch (error) {
      if (!broken.has(path)) fail(path, mistakeOf(`${path}.wxml`, error), error)
    }
  }
  attempt(errors, 'app', () => runModule(modules['app']))
  const byKind = Object.entries(units).sort(([, a], [, b]) => Number(a.isPage) - Number(b.isPage))
  for (const [path, { isPage, script = path }] of byKind) {
    try {
      const run = broken.has(path) ? undefined : modules[path]
      if (run) space.globalComponentEnv(globalThis, path, run)
      if (run && !isDefined(space, path)) {
        const message = isPage ? '没有调用 Page() 或 Component()' : '没有调用 Component()'
        fail(path, { file: script, message })
        errors.add(`${script}: ${message}`)
      }
    } catch (error) {
      fail(path, mistakeOf(script, error), hasMistake(error) ? undefined : error)
    }
    if (broken.has(path) && !isPage) defineEmpty(space, path)
  }
  return { space, broken }
}

function runModule(run: (() => unknown) | undefined): void {
  try {
    run?.()
  } catch (error) {
    // A mistake of the compiler's is in the list already.
    if (!hasMistake(error)) throw error
  }
}

function addUnit(
  space: CodeSpace,
  { units }: Program,
  { path, templates, errors }: { path: string; templates: Templates; errors: ErrorLog },
): void {
  const unit = units[path]
  if (!unit) return
  space.addComponentStaticConfig(path, unit.config as never)
  // The styles are in the document already; glass-easel is to know the prefix of the classes.
  if (unit.styleScope !== undefined) space.addStyleSheet(path, undefined, unit.styleScope)
  const template = templates[path]
  if (template === undefined) return
  space.addCompiledTemplate(path, {
    groupList: templates,
    content: tellMissingHandlers(template, errors),
    fallbackListenerOnNativeNode: true,
  } as never)
}

function isDefined(space: CodeSpace, path: string): boolean {
  try {
    return space.getComponentSpace().getComponentByUrl(path, '').is === path
  } catch {
    return false
  }
}

/** In the place of a broken component: nothing but what stands in its slot. */
function defineEmpty(space: CodeSpace, path: string): void {
  space.addCompiledTemplate(path, undefined as never)
  space.component(path).definition({}).register()
}

function mistakeOf(file: string, error: unknown): Mistake {
  return hasMistake(error) ? error.mistake : { file, message: messageOf(error) }
}

/** What a source throws that did not compile. */
function hasMistake(error: unknown): error is { mistake: Mistake } {
  return typeof error === 'object' && error !== null && 'mistake' in error
}
