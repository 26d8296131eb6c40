/**
 * Inside the process of an instance: which files are ECMAScript modules. In the cloud a function is its folder alone,
 * so a package.json above it, such as that of the project, does not count; Node would let it.
 */
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, extname, join, relative, sep } from 'node:path'

/** @param functionDirectory absolute path of the function's folder */
export function isEcmaScriptModule(file: string, functionDirectory: string): boolean {
  if (extname(file) !== '.js') return extname(file) === '.mjs'
  for (let folder = dirname(file); isWithin(folder, functionDirectory); folder = dirname(folder)) {
    const packageJson = join(folder, 'package.json')
    if (existsSync(packageJson)) return typeOf(packageJson) === 'module'
  }
  return false
}

function typeOf(packageJson: string): unknown {
  try {
    return (JSON.parse(readFileSync(packageJson, 'utf8').replace(/^\uFEFF/, '')) as { type?: unknown }).type
  } catch {
    // Node reports the file when it needs more of it.
    return undefined
  }
}

const isWithin = (path: string, folder: string) => path === folder || path.startsWith(folder + sep)

type Loader = (module: NodeModule & Compilable, file: string) => void
interface Compilable {
  _compile(code: string, file: string, format?: string): void
}

/** Lets `require` load the functions' CommonJS files below a package.json with `"type": "module"`. */
export function installModuleFormat(functionDirectory: string): void {
  const { _extensions: loaders } = Module as unknown as { _extensions: Record<string, Loader | undefined> }
  const original = loaders['.js']
  const allFunctions = dirname(functionDirectory)
  loaders['.js'] = (module, file) => {
    if (isWithin(file, allFunctions) && !file.includes(`${sep}node_modules${sep}`)) {
      const [folder = ''] = relative(allFunctions, file).split(sep)
      if (!isEcmaScriptModule(file, join(allFunctions, folder))) {
        module._compile(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), file, 'commonjs')
        return
      }
    }
    original?.(module, file)
  }
}
