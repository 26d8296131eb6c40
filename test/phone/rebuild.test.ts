import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

it('a saved file is on every open phone by itself; a mistake is shown in place of the app, and goes with it', async () => {
  const [first, second] = [await kit.phone('oAuthor', '1'), await kit.phone('oAuthor', '2')]
  const save = (wxml: string) => {
    writeFileSync(join(directory, 'pages/start/start.wxml'), wxml)
    return kit.rebuild()
  }
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
