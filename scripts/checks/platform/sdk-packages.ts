import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { projectPath } from '../../lib/project.ts'
import { type Fetched, fetchPackages } from './npm-cache.ts'

/** One set of the cloud's SDKs, as a project may have it installed. */
export interface Sdk {
  /** Such as `wx-server-sdk 3.0.4`. */
  name: string
  dependencies: Readonly<Record<string, string>>
  overrides?: Readonly<Record<string, string>>
}

/** Of this project: the version in the one package.json that names it. */
export const PRESENT_SDK = versionOf('wx-server-sdk')

/** Older ones, of which projects have those that were the newest for long. */
const OLDER = ['2.5.4', '2.6.3', '2.7.2', '3.0.4']
const NODE_SDK = '3.18.3'

/** Alone, and below wx-server-sdk, which asks for an older one. */
export const NEWEST_NODE_SDK: Sdk = {
  name: `@cloudbase/node-sdk ${NODE_SDK}`,
  dependencies: { 'wx-server-sdk': PRESENT_SDK, '@cloudbase/node-sdk': NODE_SDK },
  overrides: { '@cloudbase/node-sdk': NODE_SDK },
}

/** Every SDK that the emulator answers. */
export const SDKS: readonly Sdk[] = [
  ...OLDER.map((version) => wxServerSdk(version)),
  wxServerSdk(PRESENT_SDK),
  NEWEST_NODE_SDK,
]

/** Installs an SDK into a folder of its own, once. */
export function fetchSdk({ name, dependencies, overrides }: Sdk): Promise<Fetched> {
  return fetchPackages(name.replace(/[^\w.-]+/g, '-').replace(/^-/, ''), {
    dependencies,
    ...(overrides ? { overrides } : {}),
  })
}

function wxServerSdk(version: string): Sdk {
  return { name: `wx-server-sdk ${version}`, dependencies: { 'wx-server-sdk': version } }
}

function versionOf(name: string): string {
  const file = createRequire(projectPath('package.json')).resolve(`${name}/package.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
