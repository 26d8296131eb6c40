import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ProjectKit } from '../testing/phone/project-kit.ts'

const TAP = {
  _id: 'tap',
  owner: 'oStudent',
  status: 'open',
  place: '一号楼',
  text: '水龙头漏水',
  urgent: true,
  stars: 0,
}

let repair: ProjectKit
beforeAll(async () => {
  repair = await ProjectKit.start('repair')
  await repair.seed('users')
  await repair.seed('tickets', [TAP])
})
afterEach(() => repair.finish())
afterAll(() => repair.stop())

it('Vant with subpackages, one of them independent, builds, and its pages open', async () => {
  expect(repair.kit.built.errors).toEqual([])
  const phone = await repair.phone('oVisitor')
  await phone.text('没有报修').waitFor()
  await repair.openEach(phone, [
    'pages/about/about',
    'packages/report/pages/form/form',
    'packages/report/pages/place/place',
    'packages/detail/pages/detail/detail?id=tap',
    'packages/help/pages/faq/faq',
    'pages/list/list',
  ])
  await phone.text('没有报修').waitFor()
})

it('one reports what is broken, rates the repair and withdraws a report', async () => {
  const phone = await repair.phone('oStudent')
  await phone.text('水龙头漏水').waitFor()
  await phone.text('我要报修').click()
  await phone.text('提交').click()
  await phone.text('请写清地点和问题').waitFor()
  await phone.text('网络').click()
  await phone.top.locator('wx-input').first().click()
  await phone.text('确认').click()
  await phone.top.locator('textarea').fill('没有网')
  await phone.text('提交').click()
  await phone.text('没有网').click()
  await phone.button('操作').click()
  await phone.text('已修好').click()
  await phone.top.locator('.van-rate__icon').nth(3).click()
  await expect
    .poll(() => repair.documents('tickets').find(({ text }) => text === '没有网'))
    .toMatchObject({ place: '一号楼', kind: '网络', status: 'done', stars: 4, owner: 'oStudent' })
  await phone.back()
  await phone.text('没有网').waitFor({ state: 'detached' })
  await phone.top.locator('.van-swipe-cell').hover()
  await phone.page.mouse.down()
  await phone.page.mouse.move(0, 0)
  await phone.page.mouse.up()
  await phone.text('撤回').click()
  await phone.text('撤回报修').waitFor()
  await phone.text('确认').click()
  await phone.text('没有报修').waitFor()
})
