import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ProjectKit } from '../testing/phone/project-kit.ts'

const LONGJING = {
  _id: 'longjing',
  title: '明前龙井',
  kind: '绿茶',
  price: 12_800,
  stock: 9,
  specs: ['50克', '100克'],
}
const QIMEN = { _id: 'qimen', title: '祁门红茶', kind: '红茶', price: 6850, stock: 1, specs: ['100克'] }

let shop: ProjectKit
beforeAll(async () => {
  shop = await ProjectKit.start('shop')
  await shop.seed('goods', [LONGJING, QIMEN])
  await shop.seed('orders')
})
afterEach(() => shop.finish())
afterAll(() => shop.stop())

it('a shop of TDesign builds, and its pages open', async () => {
  expect(shop.kit.built.errors).toEqual([])
  // TDesign's own attributes are nothing that a shop's developer changes.
  expect(shop.kit.built.notes).toEqual([])
  const phone = await shop.phone('oVisitor')
  await phone.text('明前龙井').waitFor()
  await shop.openEach(phone, [
    'pages/category/index',
    'pages/cart/index',
    'pages/mine/index',
    'pages/goods/detail/index?id=qimen',
    'pages/search/index',
    'pages/order/list/index',
    'pages/home/home',
  ])
  await phone.text('明前龙井').waitFor()
})

it('one finds a tea, chooses how much, puts it into the cart and orders it', async () => {
  const phone = await shop.phone('oBuyer')
  await phone.top.getByText('红茶', { exact: true }).click()
  await phone.text('明前龙井').waitFor({ state: 'detached' })
  // A tap on a disabled input reaches the elements around it.
  await phone.top.locator('.home__search').click()
  await phone.top.locator('input').fill('龙井')
  await phone.top.locator('input').press('Enter')
  await phone.text('找到 1 件').waitFor()
  await phone.text('明前龙井').click()
  await phone.text('加入购物车').click()
  await phone.text('100克').click()
  await phone.top.locator('.sku .t-stepper__plus').click()
  await phone.text('共 256 元').waitFor()
  await phone.text('确定').click()
  await phone.text('已加入购物车').waitFor()
  await phone.text('去购物车').click()
  await phone.text('100克').waitFor()
  await phone.text('去结算').click()
  await phone.button('确认购买').click()
  await phone.text('明前龙井 100克 × 2').waitFor()
  expect(shop.documents('orders')).toMatchObject([{ _openid: 'oBuyer', total: 25_600, status: 'unpaid' }])
  expect(shop.documents('goods').find(({ _id }) => _id === 'longjing')).toMatchObject({ stock: 7 })
})
