/**
 * `npm run screenshots`: pictures of every page into docs/images/, from a cloud and a browser of its own. With
 * `-- --sheet <folder>` contact sheets instead: every page in every theme, size of text and width.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { DevServer } from 'wechat-cloud-emulator/server'
import { CHROMIUM_FLAGS, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { databaseName } from '../cloudfunctions/shared/database/collection-names.ts'
import { adminOperations } from './lib/admin/operations/admin-operations.ts'
import { readArguments } from './lib/arguments.ts'
import { buildProjectOrFail } from './lib/build/build-project.ts'
import { ensureCollections } from './lib/cloud/ensure-collections.ts'
import { openCloud } from './lib/cloud/open-cloud.ts'
import { writeContactSheets } from './lib/look/contact-sheet.ts'
import { projectPath } from './lib/project.ts'
import { takeScreenshots } from './lib/screenshots/take-screenshots.ts'

const USAGE = `npm run screenshots
npm run screenshots -- --sheet <folder>   每页 × 深浅色 × 字号 × 宽度 · every page, theme, font size and width`
const { sheet } = readArguments(USAGE, { options: { sheet: { type: 'string' } } }).values
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
  if (sheet === undefined) {
    mkdirSync(projectPath('docs/images'), { recursive: true })
    await takeScreenshots(await browser.newPage({ viewport: { width: 1440, height: 900 } }), cloud)
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
