import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FIXTURE, PhoneKit } from '../../testing/phone/phone-kit.ts'

let directory: string
let kit: PhoneKit
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
  cpSync(FIXTURE, directory, { recursive: true })
  kit = await PhoneKit.start(directory)
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

const save = (wxml: string) => {
  writeFileSync(join(directory, 'pages/start/start.wxml'), wxml)
  return kit.rebuild()
}

it('shows a saved file on every open phone, and an error until it is repaired', async () => {
  const [first, second] = [await kit.phone('oAuthor', '1'), await kit.phone('oAuthor', '2')]
  await save('<view>改过的首页</view>')
  for (const phone of [first, second]) await phone.text('改过的首页').waitFor()
  await save('<view>{{a +}}</view>')
  for (const phone of [first, second]) {
    await phone.screen.getByRole('alert').getByText('pages/start/start.wxml:1').waitFor()
    await phone.page.bringToFront()
    expect(await phone.takeErrors()).toEqual([expect.stringContaining('编译错误 pages/start/start.wxml:1')])
  }
  await save('<view>又好了</view>')
  for (const phone of [first, second]) await phone.text('又好了').waitFor()
  await kit.finish()
})

it('keeps the page around the screen while the pages stay the same, and its errors go with the old code', async () => {
  const phone = await kit.phone('oAuthor')
  const mark = () => phone.page.evaluate('document.body.dataset.mark')
  const oldError = phone.page.locator('.panel').getByText('of the old code')
  await phone.page.evaluate(`document.body.dataset.mark = 'here'; window.phone.errors.add('of the old code')`)
  await oldError.waitFor()
  await save('<view>同一个外壳</view>')
  await phone.text('同一个外壳').waitFor()
  expect(await mark()).toBe('here')
  expect(await oldError.count()).toBe(0)
  const file = join(directory, 'app.json')
  const app = JSON.parse(readFileSync(file, 'utf8')) as { pages: string[] }
  writeFileSync(
    file,
    JSON.stringify({ ...app, pages: [...app.pages].reverse(), entryPagePath: app.pages[0] }),
  )
  await save('<view>换了外壳</view>')
  await phone.text('换了外壳').waitFor()
  expect(await mark()).toBeUndefined()
  await kit.finish()
})

it('shows a file that was saved while no phone was connected to the cloud', async () => {
  await save('<view>还是旧的</view>')
  const phone = await kit.phone('oAuthor')
  const asked = new Promise<Route>((take) => {
    void phone.page.route('**/control/events', take, { times: 1 })
  })
  await phone.page.reload()
  const connecting = await asked
  await phone.text('还是旧的').waitFor()
  await save('<view>没有听到</view>')
  await connecting.continue()
  await phone.text('没有听到').waitFor()
  await kit.finish()
})
