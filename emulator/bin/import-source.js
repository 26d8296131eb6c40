let isCompiling = false

/**
 * Imports a module of this package that is written in TypeScript. Neither Node nor vitest compiles any below node_modules,
 * where the package is once it is installed: there, tsx does from now on.
 * @template Module
 * @param {() => Promise<Module>} load imports it
 * @returns {Promise<Module>}
 */
export async function importSource(load) {
  if (!isCompiling && new URL(import.meta.url).pathname.includes('/node_modules/')) {
    isCompiling = true
    const { register } = await import('tsx/esm/api')
    register()
  }
  return load()
}
