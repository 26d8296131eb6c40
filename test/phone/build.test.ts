import { expect, it } from 'vitest'
import { buildPhone } from 'wechat-cloud-emulator/phone'
import { projectPath } from '../../scripts/lib/project.ts'

it('the phone compiles the mini-program without errors', async () => {
  expect((await buildPhone(projectPath('miniprogram'))).errors).toEqual([])
})
