import { expect, it } from 'vitest'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { page } from '../../testing/phone/written-mini-program.ts'

const PROGRAM = {
  'app.json': { pages: ['pages/start/start', 'pages/next/next'] },
  ...page('pages/next/next', { wxml: '<view>下一页</view>', js: 'Page({})' }),
  ...page('pages/start/start', {
    wxml: `<view bindtap="row">
        <switch class="own" catchtap="caught" bindchange="changed" />
        <view class="mask" catchtap="caught">
          <switch class="inside" bindchange="changed" />
          <button open-type="getPhoneNumber" bindgetphonenumber="changed">要手机号</button>
          <checkbox-group bindchange="changed"><label>选我<checkbox value="a" /></label></checkbox-group>
        </view>
        <navigator url="/pages/next/next">去下一页<view catchtap="caught">留在这里</view></navigator>
      </view>
      <view class="out">{{out}}</view>`,
    js: `Page({
      data: { out: '' },
      say(text) { this.setData({ out: this.data.out + ' ' + text }) },
      row() { this.say('row') }, caught() { this.say('caught') },
      changed({ type, detail }) { this.say(type + ':' + JSON.stringify(detail.value ?? detail.errMsg)) },
    })`,
  }),
}

const app = useMiniProgram(PROGRAM)

it('a tap that is caught on a component or above it does what the component is for', async () => {
  const phone = await app.kit.phone('oAlice')
  const out = () => phone.top.locator('.out').textContent()
  await phone.top.locator('.own').click()
  await expect.poll(out).toBe(' caught change:true')
  await phone.top.locator('.inside').click()
  await expect.poll(out).toBe(' caught change:true caught change:true')
  await phone.text('选我').click()
  await expect.poll(out).toContain('change:["a"]')
  await phone.button('要手机号').click()
  await phone.wechatButton('同意').click()
  await phone.wechatButton('允许').click()
  await expect.poll(out).toContain('getphonenumber:"getPhoneNumber:ok"')
  expect(await out()).not.toContain('row')
})

it('a tap that is caught inside of a component does not reach it', async () => {
  const phone = await app.kit.phone('oAlice')
  await phone.text('留在这里').click()
  await expect.poll(() => phone.top.locator('.out').textContent()).toBe(' caught')
  expect(await phone.text('下一页').count()).toBe(1)
  await phone.top.getByText('去下一页').click({ position: { x: 5, y: 5 } })
  await phone.top.getByText('下一页', { exact: true }).waitFor()
})
