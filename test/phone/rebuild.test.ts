import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/project.ts'
import { PhoneKit } from './phone-kit.ts'

let directory: string
let kit: PhoneKit
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
  cpSync(projectPath('test/fixtures-miniprogram'), directory, { recursive: true })
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

it('a saved file is on every open phone by itself; a mistake is shown in place of the app, and goes with it', async () => {
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

it('a file saved while nobody was connected to the cloud is on the phone once it is', async () => {
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
