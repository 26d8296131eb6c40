/** Inside the process of an instance: says where and why a function could not be loaded. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import type { InstanceSettings } from './instance-settings.ts'

/** One line that names file, line and what is missing; paths are relative to the folder of all functions. */
export function describeLoadFailure(error: unknown, settings: InstanceSettings): string {
  const { directory } = settings
  const root = dirname(directory)
  if (!(error instanceof Error)) return `${String(error)} (${relative(root, directory)})`
  const native = nativePackageOf(error)
  if (native !== undefined) return describeNative(native, error)
  const missing = missingModuleOf(error)
  if (missing) return describeMissing(missing, settings)
  const at = placeOf(error, directory)
  const message = String(error).replaceAll(`${root}/`, '')
  return at === undefined ? message : `${message} (${relative(root, at.file)}:${at.line})`
}

/** Whether `require` or `import` has not found something. */
export function isMissingModule(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (nativePackageOf(error) ?? missingModuleOf(error)) !== undefined
}

/** The package whose compiled code is not there: its install script gets it. */
function nativePackageOf({ message }: Error): string | undefined {
  if (!/\.node['"\s]|bindings file/.test(message)) return undefined
  return /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/\s]+)/.exec(message)?.[1]
}

function describeNative(name: string, { message }: Error): string {
  const [problem = ''] = message.trim().split('\n', 1)
  return `${problem}：包 ${name} 的安装脚本没有运行（--install 不运行安装脚本），请在云函数目录里 npm install · the install script of ${name} has not run: run npm install in the function's folder`
}

interface MissingModule {
  request: string
  /** Absolute. */
  requiredBy: string | undefined
}

function missingModuleOf(error: Error): MissingModule | undefined {
  const { code, requireStack } = error as Error & { code?: string; requireStack?: string[] }
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined
  const [, request] = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? []
  if (request === undefined) return undefined
  const [, importedFrom] = / imported from (.+)$/m.exec(error.message) ?? []
  return { request, requiredBy: requireStack?.[0] ?? importedFrom }
}

function describeMissing({ request, requiredBy }: MissingModule, settings: InstanceSettings): string {
  const { directory } = settings
  const root = dirname(directory)
  const where =
    requiredBy === undefined ? '' : ` (${relative(root, requiredBy)}${lineSuffix(requiredBy, request)})`
  const message = `Cannot find module '${request}'${where}`
  const isFile = /^\.{1,2}\//.test(request) || isAbsolute(request)
  return `${message}：${isFile ? fileHint(request, requiredBy) : packageHint(request, requiredBy, settings)}`
}

function lineSuffix(file: string, request: string): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const index = lines.findIndex((line) => line.includes(`'${request}'`) || line.includes(`"${request}"`))
  return index < 0 ? '' : `:${index + 1}`
}

function fileHint(request: string, requiredBy: string | undefined): string {
  const target = requiredBy === undefined ? request : join(dirname(requiredBy), request)
  const folder = dirname(target)
  if (!existsSync(folder)) return '没有这个目录 · there is no such folder'
  const names = [basename(target), `${basename(target)}.js`, `${basename(target)}.json`]
  const similar = readdirSync(folder).find((file) =>
    names.some((name) => name !== file && name.toLowerCase() === file.toLowerCase()),
  )
  if (similar === undefined) return '没有这个文件 · there is no such file'
  return `有 ${similar}，文件名区分大小写 · file names are case-sensitive`
}

function packageHint(
  request: string,
  requiredBy: string | undefined,
  { directory, installFailure }: InstanceSettings,
): string {
  const name = request.startsWith('@') ? request.split('/', 2).join('/') : (request.split('/')[0] ?? request)
  if (requiredBy?.includes('node_modules')) {
    return '由已安装的包引用，安装不完整，请重新 npm install · a package needs it: install again'
  }
  const file = [directory, dirname(directory)].map((folder) => join(folder, 'package.json')).find(existsSync)
  const declared = file === undefined ? [] : Object.keys(dependenciesOf(file))
  if (declared.includes(name)) {
    if (installFailure !== undefined) return installFailure
    return `在 package.json 里，但没有安装：请用 --install 启动，或在云函数目录里 npm install · is in package.json, but not installed: start with --install`
  }
  return `不在云函数的 package.json 里，云端也找不到 · is not in the function's package.json, so the cloud does not find it either`
}

function dependenciesOf(packageJson: string): object {
  try {
    const text = readFileSync(packageJson, 'utf8').replace(/^\uFEFF/, '')
    return (JSON.parse(text) as { dependencies?: object }).dependencies ?? {}
  } catch {
    return {}
  }
}

/** The first line of a stack that is in a file of the function; of a syntax error, the line above its text. */
function placeOf(error: Error, directory: string): { file: string; line: number } | undefined {
  const stack = error.stack ?? ''
  const syntax = /^(.+):(\d+)\r?\n/.exec(stack)
  if (syntax?.[1] !== undefined && existsSync(syntax[1])) return { file: syntax[1], line: Number(syntax[2]) }
  for (const [, file = '', line] of stack.matchAll(
    /\(?((?:\/|[A-Za-z]:\\|file:\/\/)[^()\n]+?):(\d+):\d+\)?$/gm,
  )) {
    const path = file.replace(/^file:\/\//, '')
    if (path.startsWith(directory)) return { file: path, line: Number(line) }
  }
  return undefined
}
