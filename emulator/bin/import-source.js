let isCompiled

/**
 * Imports a module of this package that is written in TypeScript. Neither Node nor vitest compiles any below node_modules,
 * where the package is once it is installed: there, tsx does from now on.
 * @template Module
 * @param {() => Promise<Module>} load imports it
 * @returns {Promise<Module>}
 */
export async function importSource(load) {
  isCompiled ??= compileTypeScript()
  await isCompiled
  return load()
}

async function compileTypeScript() {
  // A process that tsx or something else compiles already would compile twice.
  const isCompiling = await import('./probe.ts').then(
    () => true,
    () => false,
  )
  if (isCompiling) return
  const { register } = await import('tsx/esm/api')
  register()
}
