/**
 * `npm run screenshots`: pictures of every page and an animation of the login into docs/images/, from a cloud and a
 * browser of its own. `-- --animation` makes the animation alone.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { DevServer } from 'wechat-cloud-emulator/server'
import { CHROMIUM_FLAGS, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { databaseName } from '../cloudfunctions/shared/database/collection-names.ts'
import { adminOperations } from './lib/admin/operations/admin-operations.ts'
import { readArguments } from './lib/arguments.ts'
import { buildProjectOrFail } from './lib/build/build-project.ts'
import { ensureCollections } from './lib/cloud/ensure-collections.ts'
import { openCloud } from './lib/cloud/open-cloud.ts'
import { projectPath } from './lib/project.ts'
import { takeAnimation } from './lib/screenshots/take-animation.ts'
import { takeScreenshots } from './lib/screenshots/take-screenshots.ts'

const { values } = readArguments('npm run screenshots [-- --animation]', {
  options: { animation: { type: 'boolean' } },
})
const dataDirectory = mkdtempSync(join(tmpdir(), 'screenshots-'))
await buildProjectOrFail()
const operations = adminOperations(dataDirectory)
const devServer = await DevServer.build({
  phone: { directory: projectPath('miniprogram') },
  root: projectPath('.'),
  userTable: databaseName('users'),
  operations: operations.title,
})
const cloud = await openCloud({ dataDirectory, port: 0, pages: devServer.pages, operations })
ensureCollections(cloud)
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
try {
  mkdirSync(projectPath('docs/images'), { recursive: true })
  console.log(`docs/images/login.png: ${Math.round((await takeAnimation(browser, cloud)) / 1000)} KB`)
  if (!values.animation) {
    await new ControlClient(cloud.controlUrl).post('reset')
    ensureCollections(cloud)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    // The pictures are of the console as it is after its guide.
    await page.addInitScript(`try { localStorage.setItem('console.guide', '"done"') } catch {}`)
    await takeScreenshots(page, cloud)
  }
} finally {
  await browser.close()
  await cloud.close()
  rmSync(dataDirectory, { recursive: true, force: true })
}
