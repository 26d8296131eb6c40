/**
 * Inside the process of an instance: where `require` finds packages. First as Node does: the function's own
 * `node_modules`, then those of the folders above it (of all functions, of the project). Then the packages that the
 * emulator installed beside its data. Last, the cloud's SDKs are the emulator's own.
 */
import Module from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { InstanceMessage } from '../messages.ts'
import type { InstanceSettings } from './instance-settings.ts'
import { isOutdatedSdk, packageFolder, packageVersion, sdkOf } from './supplied-sdks.ts'

interface Parent {
  filename?: string | null
}

type Send = (message: InstanceMessage) => void
type Resolve = (request: string, parent: Parent | undefined, isMain: boolean, options?: object) => string

/** Before the function's file is loaded. */
export function installModuleResolution(settings: InstanceSettings, send: Send): void {
  const loader = Module as unknown as { _resolveFilename: Resolve }
  const original = loader._resolveFilename
  const packages = settings.packageDirectory
  const outside = new OutsideFiles(settings, send)
  const sdks = new SdkChoice(settings, send)

  function resolve(request: string, parent: Parent | undefined, isMain: boolean, options?: object): string {
    const requiredBy = parent?.filename ?? undefined
    const sdk = sdkOf(request)
    if (sdk !== undefined) {
      const isOfPackage = isInPackage(requiredBy) && sdk !== 'wx-server-sdk'
      return sdks.resolve(sdk, request, isOfPackage, () => find(request, parent, isMain, options))
    }
    const file = find(request, parent, isMain, options)
    if (/^\.{1,2}\//.test(request)) outside.add(file, request, requiredBy)
    return file
  }

  function find(request: string, parent: Parent | undefined, isMain: boolean, options?: object): string {
    try {
      return original(request, parent, isMain, options)
    } catch (error) {
      if (packages === undefined || !isPackage(request)) throw error
      return original(request, parent, isMain, { paths: [packages] })
    }
  }

  loader._resolveFilename = resolve
}

const isPackage = (request: string) => !/^(\.{1,2}(\/|$)|\/|[A-Za-z]:\\)/.test(request)
const isInPackage = (file: string | undefined) => file?.includes(`${sep}node_modules${sep}`) === true

/** The project's own SDK unless there is none, or one that would call the real cloud. */
class SdkChoice {
  readonly #settings: InstanceSettings
  readonly #send: Send

  constructor(settings: InstanceSettings, send: Send) {
    this.#settings = settings
    this.#send = send
  }

  /** @param isOfPackage whether an installed package asks for it, which brings its own version */
  resolve(sdk: string, request: string, isOfPackage: boolean, find: () => string): string {
    const { suppliedSdks, bundledSdk, functionName, directory } = this.#settings
    let found: string | undefined
    try {
      found = find()
    } catch {
      // Not installed.
    }
    const version = found === undefined ? undefined : packageVersion(found, sdk)
    if (found !== undefined && isOfPackage) return found
    if (found !== undefined && (version === undefined || !isOutdatedSdk(sdk, version))) return found
    const supplied = suppliedSdks[sdk] ?? ''
    if (version !== undefined) {
      const instead = packageVersion(supplied, sdk) ?? '@cloudbase/node-sdk'
      const message = `云函数 ${functionName}：${sdk} ${version} 会连接真实的云，这里用 ${instead} 代替 · would call the real cloud, ${instead} takes its place`
      this.#send({ type: 'note', note: { message, file: join(directory, 'package.json') } })
    }
    if (request === 'wx-server-sdk' && bundledSdk !== undefined) return bundledSdk
    return request === sdk ? supplied : join(packageFolder(supplied, sdk), request.slice(sdk.length))
  }
}

/** Files outside the function's folder: they are not uploaded with it, and not part of its version. */
class OutsideFiles {
  readonly #settings: InstanceSettings
  readonly #send: Send
  readonly #known = new Set<string>()

  constructor(settings: InstanceSettings, send: Send) {
    this.#settings = settings
    this.#send = send
  }

  add(file: string, request: string, requiredBy: string | undefined): void {
    if (file.startsWith(this.#settings.directory + sep) || this.#known.has(file)) return
    if (isInPackage(file) || isInPackage(requiredBy)) return
    // The programs of the emulator itself, and what those require.
    if (!requiredBy?.startsWith(dirname(this.#settings.directory)) && !this.#known.has(requiredBy ?? ''))
      return
    this.#known.add(file)
    this.#send({ type: 'outside-file', file, request, ...(requiredBy ? { requiredBy } : {}) })
  }
}
