/**
 * Inside the process of an instance whose function is an ECMAScript module: `import` finds packages where `require`
 * does, see `module-resolution.ts`. Node runs such hooks in a thread of their own, from text.
 */
import Module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InstanceSettings } from './instance-settings.ts'

/** `require.resolve` of this process has the emulator's rules already, so the hook asks it for the SDK beforehand. */
export function installImportResolution(settings: InstanceSettings): void {
  const { packageDirectory, directory, suppliedSdks } = settings
  const register = (Module as unknown as { register?: (specifier: string) => void }).register
  // Node before 18.19 has no such hooks: packages of the project itself are found there.
  if (!register) return
  const { resolve } = Module.createRequire(join(directory, 'index.js'))
  const sdks = Object.keys(suppliedSdks).map((name) => [name, pathToFileURL(resolve(name)).href])
  const packages =
    packageDirectory === undefined ? undefined : pathToFileURL(join(packageDirectory, 'index.js')).href
  const code = `
    const sdks = new Map(${JSON.stringify(sdks)}), packages = ${JSON.stringify(packages)}
    export async function resolve(specifier, context, next) {
      const isPackage = context.parentURL?.includes('/node_modules/')
      if (!isPackage && sdks.has(specifier)) return next(sdks.get(specifier), context)
      try {
        return await next(specifier, context)
      } catch (error) {
        if (sdks.has(specifier)) return next(sdks.get(specifier), context)
        if (!packages || error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|^file:/.test(specifier)) throw error
        return next(specifier, { ...context, parentURL: packages })
      }
    }`
  register(`data:text/javascript,${encodeURIComponent(code)}`)
}
