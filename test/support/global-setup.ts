import { ensureChineseFonts, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { buildProject } from '../../scripts/lib/build/build-project.ts'
import { markProcesses, processesLeft } from './leftover-processes.ts'

/**
 * Before any test: builds the functions as they would be deployed, without anybody's `.env`, and fetches a browser if
 * there is none, since two tests that fetch one at once would be in each other's way. After the last test: fails if a
 * process that a test started still runs.
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
