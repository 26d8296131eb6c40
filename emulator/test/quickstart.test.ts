import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ProjectKit } from '../testing/phone/project-kit.ts'

let diary: ProjectKit
beforeAll(async () => {
  diary = await ProjectKit.start('quickstart')
})
afterEach(() => diary.finish())
afterAll(() => diary.stop())

it('an old quickstart builds, and its pages open', async () => {
  expect(diary.kit.built.errors).toEqual([])
  const phone = await diary.phone('oVisitor')
  await phone.text('获取 openid').waitFor()
  await diary.openEach(phone, [
    'pages/profile/profile',
    'pages/album/album',
    'pages/tools/tools',
    'pages/remind/remind',
    'pages/index/index',
  ])
})

it('its functions of SDK 2.2, with a callback and without a package.json answer', async () => {
  const phone = await diary.phone('oCaller')
  await phone.text('获取 openid').click()
  await phone.text('openid：oCaller').waitFor()
  await phone.text('求和：0').click()
  await phone.text('求和：3').waitFor()
  await phone.text('昵称：未授权').click()
  await phone.text('昵称：微信用户').waitFor()
  await phone.back()
  await phone.text('工具').click()
  await phone.button('回调').click()
  await phone.text('{"echo":"你好"}').waitFor()
  await phone.button('内容安全').click()
  await phone.text('{"safe":true}').waitFor()
  await phone.button('没有的函数').click()
  await phone.text(/FunctionName parameter could not be found/).waitFor()
  await phone.button('移动').click()
  await phone.button('测量').click()
  await phone.text('wide true').waitFor()
})

it('a picture is uploaded and shown; a reminder is allowed and sent', async () => {
  const phone = await diary.phone('oWriter')
  await phone.text('上传图片').click()
  await phone.wechatButton('同意').click()
  await phone.wechatButton('用示例图片').click()
  await phone.text('有链接').waitFor()
  const { files } = await diary.kit.control.get('storage/files')
  expect(files).toMatchObject([{ creator: 'oWriter' }])
  await phone.back()
  await phone.text('提醒我').click()
  await phone.button('提醒我写日记').click()
  await phone.wechatButton('允许').click()
  await phone.text('已提醒').waitFor()
})
