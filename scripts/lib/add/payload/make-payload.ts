import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import * as functionsConfig from '../../../../cloudfunctions/app-config.ts'
import { buildFunctions } from '../../build/build-functions.ts'
import { filesBelow } from '../../files-below.ts'
import { bundleGuard } from '../../guard/build-guard.ts'
import { projectPath } from '../../project.ts'
import { toJavaScript } from '../../to-javascript/to-javascript.ts'
import { configPlaceholderPlugin } from './config-placeholder.ts'
import { contractTypes, importContract, withoutExample } from './contract-types.ts'
import type { Files, Payload } from './payload.ts'

/** Functions of the login. The others of this project are the example's. */
const LOGIN_FUNCTIONS: readonly string[] = ['account', 'admin', 'checkToken', 'cleanup', 'login', 'logout']
/** What a build of the functions needs: the SDK is beside each function already. */
const BUILD_PACKAGES = ['esbuild', 'jsonwebtoken', 'valibot']
const SDK_FILE = /^([^/]+)\/(sdk(?:-\w+)?\.js)$/

/**
 * Makes the payload from the sources of this project.
 * @throws BuildError
 */
export async function makePayload(): Promise<Payload> {
  const { version } = readJson('package.json') as { version: string }
  const { subPackages } = readJson('miniprogram/app.json') as {
    subPackages: { root: string; pages: string[] }[]
  }
  const miniprogram = { ...readFolder('miniprogram', 'auth'), ...readFolder('miniprogram', 'account') }
  const contract = withoutExample(readFolder('contract'))
  return {
    version,
    miniprogram: {
      ts: { ...importingContract(miniprogram), ...contractTypes(contract) },
      js: javaScriptOf(miniprogram, contract),
    },
    accountPages: subPackages.find(({ root }) => root === 'account')?.pages ?? [],
    ...(await builtFunctions()),
    guard: await guard(),
    sources: { ...functionSources(), ...inFolder('contract', contract) },
    buildPackages: versionsOf(BUILD_PACKAGES),
    functionsConfig: { ...functionsConfig },
  }
}

function importingContract(files: Files): Files {
  return mapEntries(files, (path, text) => [path, importContract(path, text)])
}

/** @throws NotConvertible */
function javaScriptOf(miniprogram: Files, contract: Files): Files {
  const files = { ...inFolder('miniprogram', miniprogram), ...inFolder('contract', contract) }
  const converted = toJavaScript(new Map(Object.entries(files)), {
    place: (path) => path.replace(/^contract\//, 'miniprogram/auth/contract/'),
  })
  return mapEntries(Object.fromEntries(converted), (path, text) => [path.slice('miniprogram/'.length), text])
}

function inFolder(folder: string, files: Files): Files {
  return mapEntries(files, (path, text) => [`${folder}/${path}`, text])
}

function mapEntries(files: Files, map: (path: string, text: string) => [string, string]): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => map(path, text)))
}

/** Without tests, and of the functions the login's alone. */
function functionSources(): Files {
  const folders = [...LOGIN_FUNCTIONS, 'shared'].map((folder) => readFolder('cloudfunctions', folder))
  const config = { 'app-config.ts': readFileSync(projectPath('cloudfunctions/app-config.ts'), 'utf8') }
  return inFolder('cloudfunctions', Object.assign({}, ...folders, config))
}

/** As this project has them. */
function versionsOf(names: readonly string[]): Record<string, string> {
  const { devDependencies } = readJson('package.json') as { devDependencies: Record<string, string> }
  return Object.fromEntries(names.map((name) => [name, devDependencies[name] ?? '*']))
}

async function guard(): Promise<Payload['guard']> {
  const code = await bundleGuard(projectPath('cloudfunctions'), { plugins: [configPlaceholders()] })
  return { code, types: readFileSync(projectPath('scripts/lib/guard/auth-guard.d.ts'), 'utf8') }
}

function configPlaceholders(): Plugin {
  return configPlaceholderPlugin(Object.keys(functionsConfig))
}

async function builtFunctions(): Promise<Pick<Payload, 'functions' | 'sdk' | 'sdkUsers'>> {
  const target = mkdtempSync(join(tmpdir(), 'login-functions-'))
  try {
    await buildFunctions({
      source: projectPath('cloudfunctions'),
      target,
      environmentFile: null,
      only: LOGIN_FUNCTIONS,
      plugins: [configPlaceholders()],
    })
    const files = filesBelow(target).map((path): [string, string] => [
      path,
      readFileSync(join(target, path), 'utf8'),
    ])
    const sdk = files.flatMap(([path, text]) => {
      const [, user = '', name = ''] = SDK_FILE.exec(path) ?? []
      return user === '' ? [] : [{ user, name, text }]
    })
    return {
      functions: Object.fromEntries(files.filter(([path]) => !SDK_FILE.test(path))),
      sdk: Object.fromEntries(sdk.map(({ name, text }) => [name, text])),
      sdkUsers: [...new Set(sdk.map(({ user }) => user))],
    }
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

/** Files below a folder of the project without tests, by path from `root`. */
function readFolder(root: string, folder = ''): Files {
  const from = projectPath(root)
  const paths = filesBelow(join(from, folder)).filter((path) => !path.endsWith('.test.ts'))
  return Object.fromEntries(
    paths.map((path) => {
      const below = folder === '' ? path : `${folder}/${path}`
      return [below, readFileSync(join(from, below), 'utf8').replaceAll('\r\n', '\n')]
    }),
  )
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(projectPath(path), 'utf8'))
}
