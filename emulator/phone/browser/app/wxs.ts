import type { WxsRuntime } from '../../program/program.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { createCallable } from './callable.ts'
import { wxsListeners } from './wxs-listeners.ts'

interface Script {
  run: Parameters<WxsRuntime['define']>[1]
  /** Set once the script has started: scripts that require each other see the exports so far. */
  module?: { exports: unknown }
}

/** Replaces `constructor` in compiled WXS. */
const typeName = Symbol('constructor')

/**
 * The WXS runtime: modules, `getDate`, `getRegExp`, `constructor` as the name of a type, handlers of events and
 * observers of properties.
 */
export function createWxs(errors: ErrorLog): WxsRuntime {
  const scripts = new Map<string, Script>()
  const load = (path: string, user: string): unknown => {
    const script = scripts.get(path)
    if (!script) throw new Error(`${user}：WXS 模块 ${path}.wxs 不存在`)
    if (script.module) return script.module.exports
    const module = { exports: {} }
    script.module = module
    try {
      script.run((reference) => load(pathOf(reference, path), path), module.exports, module)
    } catch (error) {
      // The next caller runs it again and gets the same error.
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
    callable: createCallable(errors),
    ...wxsListeners(errors),
  }
}

/** @param from path of the script, or of the WXML followed by `#` and the name of the module */
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
