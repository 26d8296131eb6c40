import { buildProject } from '../scripts/build-project.ts'
import { ensureChineseFonts, findChromium } from '../scripts/chromium.ts'
import { markProcesses, processesLeft } from './processes-left.ts'

/**
 * After the last test no process that one started may be left. Before any test: the functions as they would be deployed, without anybody's `.env`, and a browser for the tests
 * that need one, fetched here if there is none, since two tests fetching at once would be in each other's way.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const mark = markProcesses()
  await buildProject()
  findChromium()
  ensureChineseFonts()
  return async () => {
    const left = await processesLeft(mark)
    if (left.length > 0) throw new Error(`tests left processes behind:\n${left.join('\n')}`)
  }
}
