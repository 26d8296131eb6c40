import { join } from 'node:path'
import type { CloudOptions } from '../cloud/cloud-options.ts'
import type { BuildStep, EmulatorConfig } from '../config/emulator-config.ts'
import type { SourceFindings } from '../control/source-findings.ts'
import type { PhoneOptions } from '../phone/build.ts'
import type { WechatProject } from '../project/wechat-project.ts'
import type { Sources } from '../server/sources.ts'
import type { CommandLine } from './command-line.ts'
import { withInstalled } from './program-packages.ts'

/** The appid of a project that has none. */
const TOURIST = 'touristappid'

export type Collections = NonNullable<EmulatorConfig['collections']>

/** Where packages are installed that the project lacks. */
export function packagesIn(dataDirectory: string): string {
  return join(dataDirectory, 'packages')
}

/** What the phone is built with. */
export function phoneOptionsOf(
  project: WechatProject,
  { wx }: EmulatorConfig,
  dataDirectory: string,
): PhoneOptions {
  const { root, miniprogramRoot, npm, compilerPlugins, isStrict } = project
  return {
    directory: miniprogramRoot,
    npm: withInstalled(npm, packagesIn(dataDirectory)),
    compilerPlugins,
    isStrict,
    ...(wx === undefined ? {} : { wxModule: join(root, wx) }),
  }
}

/** What the cloud is started with. */
export function cloudOptionsOf(
  { root, appid: appidOfProject, cloudfunctionRoot }: WechatProject,
  config: EmulatorConfig,
  { dataDirectory, isInstalling, isOnline, inspectorPort, follow }: CommandLine & { dataDirectory: string },
): Omit<CloudOptions, 'port' | 'pages'> {
  const { permissionsFile, strictCollections, ...others } = config
  // What is left of the settings are options of the cloud, by the same names.
  const {
    collections: _collections,
    build: _build,
    wx: _wx,
    userTable: _userTable,
    guide: _guide,
    ...options
  } = others
  return {
    ...(appidOfProject === TOURIST ? {} : { appid: appidOfProject }),
    ...options,
    ...(permissionsFile === undefined ? {} : { permissionsFile: join(root, permissionsFile) }),
    ...(follow === undefined ? {} : { follow }),
    ...(isOnline ? { allowedHosts: [...(config.allowedHosts ?? []), '*'] } : {}),
    ...(inspectorPort === undefined ? {} : { inspectorPort }),
    installsMissingPackages: isInstalling,
    makesMissingCollections: strictCollections !== true,
    dataDirectory,
    packagesDirectory: packagesIn(dataDirectory),
    projectDirectory: root,
    functionsDirectory: cloudfunctionRoot ?? join(dataDirectory, 'no-functions'),
  }
}

/** The collections of the settings with the permissions of the arguments, which take precedence. */
export function withPermissions(
  collections: Collections,
  permissions: CommandLine['permissions'],
): Collections {
  const changed = [...permissions].map(([name, permission]) => {
    const definition = collections[name]
    return [name, typeof definition === 'object' ? { ...definition, permission } : permission] as const
  })
  return { ...collections, ...Object.fromEntries(changed) }
}

/** What is built beside the mini-program. */
export function sourcesOf({ build }: EmulatorConfig, root: string): Sources[] {
  if (!build) return []
  return [
    { folders: build.watch.map((folder) => join(root, folder)), build: async () => runBuild(build.run) },
  ]
}

async function runBuild(run: BuildStep['run']): Promise<SourceFindings> {
  try {
    const { errors = [], notes = [] } = (await run()) ?? {}
    return { errors, notes }
  } catch (error) {
    return { errors: [`emulator.config build: ${(error as Error).message}`], notes: [] }
  }
}
