import type { Cloud } from '../cloud/cloud.ts'
import { makeCollections } from '../cloud/make-collections.ts'
import { ControlClient } from '../control/client.ts'
import type { CommandLine } from './command-line.ts'
import type { Output } from './output/output.ts'
import type { ProjectSettings } from './project-settings.ts'
import { importSeed } from './seed.ts'

/**
 * Empties the data and imports files, if the arguments say so, and makes the collections of the settings.
 * @throws CommandError for a file that is refused
 */
export async function prepareData(
  cloud: Cloud,
  { isReset, seeds }: CommandLine,
  { settings, output }: { settings: ProjectSettings; output: Output },
): Promise<void> {
  if (isReset) await new ControlClient(cloud.controlUrl).post('reset')
  for (const seed of seeds) {
    const imported = await importSeed(cloud.controlUrl, seed)
    output.say(`已导入 imported: ${imported.map(({ name, documents }) => `${name} ${documents}`).join(', ')}`)
  }
  makeCollections(cloud, settings.collections)
}
