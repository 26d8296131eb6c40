/** `npm run screenshots`: pictures of every page into docs/images/, from a cloud and a browser of its own. */
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
import { projectPath } from './lib/project.ts'
import { takeScreenshots } from './lib/screenshots/take-screenshots.ts'

readArguments('npm run screenshots', {})
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
  await takeScreenshots(await browser.newPage({ viewport: { width: 1440, height: 900 } }), cloud)
} finally {
  await browser.close()
  await cloud.close()
  rmSync(dataDirectory, { recursive: true, force: true })
}
