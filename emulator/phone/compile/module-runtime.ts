/**
 * Runs the compiled scripts: `require` as in a mini-program. Part of the compiled mini-program, as text.
 * `modules` has by file: the targets of its references, and a function with its script.
 * @see LinkedModule
 */
export const MODULE_RUNTIME = `const started = new Map()
const load = (file) => {
  const known = started.get(file)
  if (known) return known.exports
  const module = { exports: {} }
  started.set(file, module)
  try {
    const [targets, run] = modules[file]
    run(requireFrom(file, targets), module, module.exports)
  } catch (error) {
    started.delete(file)
    throw error
  }
  return module.exports
}
const find = (from, targets, reference) => {
  const target = Object.hasOwn(targets, reference) ? targets[reference] : undefined
  if (typeof target === 'string') return target
  if (target) throw Object.assign(new Error(target.file + ':' + target.line + ' ' + target.message), { diagnostic: target })
  const path = new URL(reference, 'http://module/' + from).pathname.slice(1)
  const file = ['', '.ts', '.js', '.json', '/index.ts', '/index.js'].map((ending) => path + ending).find((name) => Object.hasOwn(modules, name))
  if (file === undefined) throw new Error("module '" + path + "' is not defined, require args is '" + reference + "'")
  return file
}
const requireFrom = (from, targets) => {
  const require = (reference, callback, failed) => {
    if (typeof callback !== 'function') return load(find(from, targets, reference))
    require.async(reference).then(callback, (error) => failed?.({ mod: reference, errMsg: String(error?.message ?? error) }))
  }
  return Object.assign(require, {
    async: (reference) => new Promise((resolve) => setTimeout(resolve)).then(() => load(find(from, targets, reference))),
    addExports: (exports, added) => Object.defineProperties(exports, {
      ...Object.getOwnPropertyDescriptors(added), __esModule: { value: true } }),
    toModule: (module) => {
      if (module?.__esModule) return module
      const names = Object.keys(Object(module)).map((name) => [name, { get: () => module[name], enumerable: true }])
      return Object.create(Object(module), {
        ...Object.fromEntries(names), default: { value: module, enumerable: true } })
    },
  })
}
`
