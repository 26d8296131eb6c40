import type { GeneralBehavior } from 'glass-easel'
import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Diagnostic } from '../../program/diagnostic.ts'
import type { CompiledProgram, ComponentConfig, Templates } from '../../program/program.ts'
import { messageOf } from '../base/describe-error.ts'
import { COMPONENTS } from '../components/components.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from '../pages/attempt.ts'
import type { Services } from '../services/services.ts'
import type { CodeSpace } from './code-space.ts'
import { ComponentGlobals } from './component-globals.ts'
import { connectHandlers } from './handlers.ts'
import { registerBuiltIns, urlOf } from './register.ts'
import { createWxs } from './wxs.ts'

/** The pages and components of a mini-program, defined in glass-easel. */
export interface DefinedComponents {
  space: CodeSpace
  /** Why a page or component cannot run, by its path. */
  broken: ReadonlyMap<string, readonly Diagnostic[]>
}

/**
 * Runs the script of the app, then those of components and pages, which define themselves. If a script throws, only its
 * page or component is broken. A broken component is empty, so the pages that use it run.
 * @param behavior of every page and component, as `Behavior({…})` takes it
 * @param launch called once the app is defined: `onLaunch` and `onShow` run before the scripts of pages
 */
export function defineComponents(
  environment: MiniProgramEnv,
  program: CompiledProgram,
  {
    services,
    errors,
    behavior,
    launch,
  }: { services: Services; errors: ErrorLog; behavior: object; launch: () => void },
): DefinedComponents {
  const { components, modules } = program
  const space = createSpace(environment, services, (path) => components[path]?.styleScope)
  const common = space
    .behavior()
    .definition(behavior as never)
    .register()
  // The adapter needs glass-easel's behavior, and its types do not show it.
  space.setOverallBehavior((common as unknown as { _$: GeneralBehavior })._$)
  const templates = program.templates(createWxs(errors))
  const broken = new Map<string, readonly Diagnostic[]>(Object.entries(program.broken))
  const markBroken = (path: string, diagnostic: Diagnostic) =>
    broken.set(path, [...(broken.get(path) ?? []), diagnostic])

  for (const path of Object.keys(components)) {
    try {
      addTemplate(space, program, { path, templates, errors })
    } catch (error) {
      if (broken.has(path)) continue
      const diagnostic = diagnosticOf(`${path}.wxml`, error)
      markBroken(path, diagnostic)
      errors.addThrown(error, diagnostic.file)
    }
  }
  const globals = new ComponentGlobals(space, errors)
  globals.install(globalThis)
  attempt(errors, 'app', () => runModule(modules['app']))
  launch()
  const componentsFirst = Object.entries(components).sort(
    ([, a], [, b]) => Number(a.isPage) - Number(b.isPage),
  )
  for (const [path, { isPage, script = path, config }] of componentsFirst) {
    try {
      const run = broken.has(path) ? undefined : modules[path]
      if (run) globals.run({ path, file: script, isPage, config }, run)
      if (run && !isDefined(space, path)) {
        const message = isPage ? '没有调用 Page() 或 Component()' : '没有调用 Component()'
        markBroken(path, { file: script, message })
        errors.add(`${script}: ${message}`)
      }
    } catch (error) {
      const diagnostic = diagnosticOf(script, error)
      markBroken(path, diagnostic)
      if (!hasDiagnostic(error)) errors.addThrown(error, diagnostic.file)
    }
    if (broken.has(path) && !isPage) defineEmpty(space, path)
  }
  return { space, broken }
}

/** A code space in which the built-in components can be used without `usingComponents`. */
function createSpace(
  environment: MiniProgramEnv,
  services: Services,
  styleScopeOf: (path: string) => string | undefined,
): CodeSpace {
  const builtIns = environment.getGlobalCodeSpace()
  registerBuiltIns(builtIns, services, styleScopeOf)
  const space = environment.createCodeSpace('main', true)
  for (const name of Object.keys(COMPONENTS)) {
    const component = builtIns.getComponentSpace().getComponentByUrl(urlOf(name), '')
    space.getComponentSpace().setGlobalUsingComponent(name, component)
  }
  space.component(EMPTY).definition({}).register()
  return space
}

/** Path of a component that shows only its slot. */
const EMPTY = 'wx/empty'

/** A generic without a default is empty while nobody names its component. */
function genericsOf({ componentGenerics = {} }: ComponentConfig): Record<string, { default: string }> {
  return Object.fromEntries(
    Object.entries(componentGenerics).map(([tag, generic]) => [
      tag,
      { default: (generic !== true && generic.default) || `/${EMPTY}` },
    ]),
  )
}

function runModule(run: (() => unknown) | undefined): void {
  try {
    run?.()
  } catch (error) {
    // The compiler's errors are in the panel already.
    if (!hasDiagnostic(error)) throw error
  }
}

function addTemplate(
  space: CodeSpace,
  { components }: CompiledProgram,
  { path, templates, errors }: { path: string; templates: Templates; errors: ErrorLog },
): void {
  const component = components[path]
  if (!component) return
  component.config.componentGenerics = genericsOf(component.config)
  space.addComponentStaticConfig(path, component.config as never)
  // The styles are in the document already. glass-easel needs the prefix of the class names only.
  if (component.styleScope !== undefined) space.addStyleSheet(path, undefined, component.styleScope)
  const template = templates[path]
  if (template === undefined) return
  space.addCompiledTemplate(path, {
    groupList: templates,
    content: connectHandlers(template, errors),
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

/** Defines a component in place of a broken one: it shows only its slot. */
function defineEmpty(space: CodeSpace, path: string): void {
  space.addCompiledTemplate(path, undefined as never)
  space.component(path).definition({}).register()
}

function diagnosticOf(file: string, error: unknown): Diagnostic {
  return hasDiagnostic(error) ? error.diagnostic : { file, message: messageOf(error) }
}

/** Whether the error comes from a file that does not compile: the compiler replaces it by one that throws. */
function hasDiagnostic(error: unknown): error is { diagnostic: Diagnostic } {
  return typeof error === 'object' && error !== null && 'diagnostic' in error
}
