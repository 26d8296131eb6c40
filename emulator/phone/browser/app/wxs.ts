import type { WxsRuntime } from '../../program.ts'

interface Script {
  run: Parameters<WxsRuntime['define']>[1]
  /** There once the script has begun: two scripts that need each other see what is there so far. */
  module?: { exports: unknown }
}

/** Stands for `.constructor` in compiled WXS. */
const typeName = Symbol('constructor')

/** Runs WXS as WeChat has it: modules of their own, `getDate` and `getRegExp`, and `constructor` as a type's name. */
export function createWxs(): WxsRuntime {
  const scripts = new Map<string, Script>()
  const load = (path: string, asker: string): unknown => {
    const script = scripts.get(path)
    if (!script) throw new Error(`${asker}：WXS 模块 ${path}.wxs 不存在`)
    if (script.module) return script.module.exports
    const module = { exports: {} }
    script.module = module
    try {
      script.run((reference) => load(pathOf(reference, path), path), module.exports, module)
    } catch (error) {
      // It fails for the next caller, too.
      delete script.module
      throw error
    }
    return module.exports
  }
  installTypeNames()
  return {
    define(path, run) {
      scripts.set(path, { run })
      return () => load(path, path)
    },
    getDate: (...parameters) => Reflect.construct(Date, parameters) as Date,
    getRegExp: (pattern, flags) => new RegExp(pattern, flags),
    typeName,
  }
}

/** @param from path of the script, or of the WXML with `#` and the module's name behind it */
function pathOf(reference: string, from: string): string {
  const base = `http://wxs/${from.replace(/#.*/, '')}`
  return decodeURIComponent(new URL(encodeURI(reference), base).pathname.slice(1)).replace(/\.wxs$/, '')
}

function installTypeNames(): void {
  const names: readonly [object, string][] = [
    [Object.prototype, 'Object'],
    [Array.prototype, 'Array'],
    [Function.prototype, 'Function'],
    [Number.prototype, 'Number'],
    [String.prototype, 'String'],
    [Boolean.prototype, 'Boolean'],
    [Date.prototype, 'Date'],
    [RegExp.prototype, 'RegExp'],
  ]
  for (const [prototype, name] of names) {
    Object.defineProperty(prototype, typeName, { value: name, configurable: true })
  }
}
