import { rmSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildConsole } from '../../emulator/console/build.ts'
import { createPages } from '../../emulator/pages.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { CloudKit } from '../cloud-kit.ts'
import { buildFixtures } from '../fixture-functions.ts'

let kit: CloudKit
let browser: Browser
let page: Page
let functionsDirectory: string

beforeAll(async () => {
  const console = await buildConsole()
  const noPhone = {
    html: '',
    script: '',
    sourceMap: '',
    style: '',
    edition: '',
    phoneScript: '',
    phoneEdition: '',
    assets: new Map(),
    errors: [],
  }
  functionsDirectory = await buildFixtures()
  const pages = createPages({ console: () => console, phone: () => noPhone })
  kit = await CloudKit.start({ functionsDirectory, pages })
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
}, 180_000)
afterAll(async () => {
  await browser.close()
  await kit.stop()
  rmSync(functionsDirectory, { recursive: true, force: true })
})

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
  page.setDefaultTimeout(10_000)
  await page.goto(`${new URL('/', kit.cloud.controlUrl)}#calls`)
  await page.getByText('云端测试与定时触发').click()
})
afterEach(() => page.close())

const choose = (name: string) => page.getByRole('combobox', { name: '云函数' }).selectOption(name)
const run = () => page.getByRole('button', { name: '运行测试' }).click()
const write = (event: string) => page.getByLabel('测试参数').fill(event)
const end = () => page.locator('.test-call [role=status]')

it('calls a function as the console does, without a person, and shows answer and log', async () => {
  await choose('probe')
  await write('{"do":"context"}')
  await run()
  await end().getByText('回答 result').waitFor()
  await write('{"do":"log"}')
  await run()
  await end().getByText('[error] three').waitFor()
  expect(await kit.lastCall()).toMatchObject({
    functionName: 'probe',
    source: 'console',
    event: { do: 'log' },
  })
})

it('shows what a failed call says, with its log', async () => {
  await choose('probe')
  await write('{"do":"throw"}')
  await run()
  await end().getByText('-504002').first().waitFor()
  await end().getByText('日志 logs').waitFor()
})

it('fires the timer of a function that has one', async () => {
  await choose('naive')
  expect(await page.getByRole('button', { name: '立即定时触发' }).count()).toBe(0)
  await choose('probe')
  await page.getByRole('button', { name: '立即定时触发' }).click()
  await end().getByText('"TriggerName": "nightly"').waitFor()
  expect(await kit.lastCall()).toMatchObject({ source: 'wx_trigger' })
})

it('says so when the parameters are no JSON, and calls nothing', async () => {
  await kit.control.post('calls', {}, 'DELETE')
  await choose('probe')
  await write('{do}')
  await run()
  await page.getByRole('alert').getByText('测试参数不是 JSON').waitFor()
  await expect(kit.lastCall()).rejects.toThrow('no call yet')
})

it('keeps what was written for each function', async () => {
  await choose('probe')
  await write('{"do":"log"}')
  await choose('naive')
  expect(await page.getByLabel('测试参数').inputValue()).toBe('{}')
  await choose('probe')
  expect(await page.getByLabel('测试参数').inputValue()).toBe('{"do":"log"}')
})
