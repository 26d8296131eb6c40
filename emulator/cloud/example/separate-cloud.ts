import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Permissions } from '../../control/permissions.ts'
import type { Clock } from '../clock.ts'
import type { CloudOptions } from '../cloud-options.ts'
import type { Database } from '../database/database.ts'
import type { CloudFigures } from '../figures/figures.ts'
import type { WechatUsers } from '../openapi/wechat-users.ts'
import type { Files } from '../storage/files.ts'

/** What holds the data of a cloud. */
export interface ExampleServices {
  clock: Clock
  database: Database
  files: Files
  users: WechatUsers
  figures: CloudFigures
}

/** A cloud that only the example uses. */
export interface SeparateCloud extends ExampleServices {
  controlUrl: string
  /** Also removes its data. */
  close(): Promise<void>
}

export type StartCloud = (options: CloudOptions) => Promise<SeparateCloud>

/**
 * Starts an empty cloud with the functions and settings of another.
 * @param options of the other
 * @param folder of its data, in that of the other
 */
export async function openSeparate(
  start: StartCloud,
  options: CloudOptions,
  permissions: Permissions,
  folder: string,
): Promise<SeparateCloud> {
  const settings = separateOptions(options, permissions, folder)
  const removeData = () => rmSync(settings.dataDirectory, { recursive: true, force: true })
  // A process that was killed has left its data.
  removeData()
  const cloud = await start(settings)
  const close = async () => {
    await cloud.close()
    removeData()
  }
  return { ...cloud, close }
}

/** Everything as in the other cloud, but what that writes into the project, and whom it tells. */
function separateOptions(options: CloudOptions, permissions: Permissions, folder: string): CloudOptions {
  const {
    permissionsFile: _file,
    inspectorPort: _inspector,
    onNote: _onNote,
    pages: _pages,
    example: _example,
    ...others
  } = options
  return {
    ...others,
    permissions,
    dataDirectory: join(options.dataDirectory, folder),
    packagesDirectory: options.packagesDirectory ?? join(options.dataDirectory, 'packages'),
    projectDirectory: options.projectDirectory ?? options.functionsDirectory,
    installsMissingPackages: false,
    outlivesMachine: false,
    port: 0,
  }
}

/** Makes the collections of one cloud in another, with their permissions and indexes. */
export function copyCollections(from: Database, to: Database): void {
  const known = new Set(to.collections().map(({ name }) => name))
  for (const { name, permission, rules, indexes } of from.collections()) {
    if (known.has(name)) continue
    to.createCollection(name, permission, rules)
    for (const index of indexes) {
      if (!hasIndex(to, name, index.name)) to.createIndex(name, index)
    }
  }
}

function hasIndex(database: Database, collection: string, name: string): boolean {
  const found = database.collections().find((one) => one.name === collection)
  return found?.indexes.some((index) => index.name === name) === true
}
