/**
 * `npm run screenshots`: pictures of every page and an animation of the login into docs/images/, from a cloud and a
 * browser of its own. `-- --animation` makes the animation alone, `-- --view machine` one view of the console.
 * `-- --sheet <folder>` writes contact sheets instead: every page in every theme, size of text and width.
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
import { exampleData } from './lib/demo/example.ts'
import { writeContactSheets } from './lib/look/contact-sheet.ts'
import { projectPath } from './lib/project.ts'
import { takeAnimation } from './lib/screenshots/take-animation.ts'
import { takeScreenshots, takeView } from './lib/screenshots/take-screenshots.ts'

const USAGE = `npm run screenshots [-- --animation]
npm run screenshots -- --view <view>      控制台的一页，如 machine · one view of the console, such as machine
npm run screenshots -- --sheet <folder>   每页 × 深浅色 × 字号 × 宽度 · every page, theme, font size and width`
const { values } = readArguments(USAGE, {
  options: { animation: { type: 'boolean' }, sheet: { type: 'string' }, view: { type: 'string' } },
})
const { sheet, view } = values
const dataDirectory = mkdtempSync(join(tmpdir(), 'screenshots-'))
await buildProjectOrFail()
const operations = adminOperations(dataDirectory)
// Never loaded here, but the console has its button.
const example = exampleData(dataDirectory)
const devServer = await DevServer.build({
  phone: { directory: projectPath('miniprogram') },
  root: projectPath('.'),
  userTable: databaseName('users'),
  operations: operations.title,
})
const cloud = await openCloud({ dataDirectory, port: 0, pages: devServer.pages, operations, example })
ensureCollections(cloud)
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
try {
  if (view !== undefined) await takePictures()
  else if (sheet === undefined) {
    mkdirSync(projectPath('docs/images'), { recursive: true })
    console.log(`docs/images/login.png: ${Math.round((await takeAnimation(browser, cloud)) / 1000)} KB`)
    if (!values.animation) await takePictures()
  } else {
    mkdirSync(sheet, { recursive: true })
    const files = await writeContactSheets(cloud.controlUrl, sheet)
    console.log(files.join('\n'))
  }
} finally {
  await browser.close()
  await cloud.close()
  rmSync(dataDirectory, { recursive: true, force: true })
}

async function takePictures(): Promise<void> {
  await new ControlClient(cloud.controlUrl).post('reset')
  ensureCollections(cloud)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  // The pictures are of the console as it is after its guide.
  await page.addInitScript(`try { localStorage.setItem('console.guide', '"done"') } catch {}`)
  if (view === undefined) await takeScreenshots(page, cloud, dataDirectory)
  else await takeView(page, cloud, dataDirectory, view)
}
