import { buildProject } from '../scripts/build-project.ts'
import { ensureChineseFonts, findChromium } from '../scripts/chromium.ts'

/**
 * Before any test: the functions as they would be deployed, without anybody's `.env`, and a browser for the tests
 * that need one, fetched here if there is none, since two tests fetching at once would be in each other's way.
 */
export default async function setup(): Promise<void> {
  await buildProject()
  findChromium()
  ensureChineseFonts()
}
