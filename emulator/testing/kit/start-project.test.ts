import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { millisecondsOf } from './duration.ts'
import { startProject } from './start-project.ts'
import { FIXTURE, PATIENT, useFixture } from './use-fixture.ts'

const LONGJING = { _id: 'longjing', title: '明前龙井', price: 12_800 }
const QIMEN = { _id: 'qimen', title: '祁门红茶', price: 6850 }

describe.each(['browser', 'simulator'] as const)('the phone in the %s', (phoneKind) => {
  const fixture = useFixture(phoneKind)

  it('a page shows what the cloud has, and a tap leads to the next', async () => {
    const { phone, cloud } = fixture.project
    await cloud.collection('goods').put(LONGJING, QIMEN)
    await phone.open()
    expect(await phone.text()).toMatch(/今天的茶\s*祁门红茶\s*¥68.50\s*明前龙井\s*¥128.00/)
    await phone.tap('明前龙井')
    expect(await phone.page()).toBe('pages/order/order?id=longjing')
    expect(await phone.pages()).toEqual(['pages/home/home', 'pages/order/order?id=longjing'])
    await phone.type('备注', '少放一点')
    expect(await phone.value('备注')).toBe('少放一点')
    await phone.tap('.buy')
    expect(await phone.toast()).toBe('已下单')
    await phone.see('取茶号 100')
    expect(await cloud.collection('orders').documents()).toMatchObject([
      { id: 'longjing', note: '少放一点', owner: 'oTester' },
    ])
    await phone.back()
    expect(await phone.page()).toBe('pages/home/home')
    expect(await phone.storage('note')).toBe('少放一点')
  })

  it('a selector reaches into a component, and one of several is chosen', async () => {
    const { phone, cloud } = fixture.project
    await cloud.collection('goods').put(LONGJING, QIMEN)
    await phone.open()
    fixture.project.patience.timeoutMilliseconds = 100
    await expect(phone.tap('.yuan')).rejects.toThrow(/有 2 处 "\.yuan".*2 places match/)
    fixture.project.patience.timeoutMilliseconds = PATIENT
    await phone.tap({ selector: '.good >>> .yuan', nth: 1 })
    expect(await phone.page()).toBe('pages/order/order?id=longjing')
  })

  it('the picture on the page is read', async () => {
    const { phone, patience } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    expect(await phone.picture('.leaf')).toBe('/images/leaf.svg')
    expect([await phone.count('有货'), await phone.count('售罄')]).toEqual([1, 0])
    await phone.open('/pages/order/order?id=none')
    expect(await phone.picture('.leaf')).toBe('/images/no-leaf.svg')
    await expect(phone.picture('.id')).rejects.toThrow('".id" 不是 <image>')
    patience.timeoutMilliseconds = 100
    await expect(phone.picture('.none')).rejects.toThrow('nothing matches ".none"')
  })

  it('a phone whose time is over says what a function threw, where, and with its code', async () => {
    const { phone, patience, reset } = fixture.project
    await phone.open('/pages/order/order')
    await phone.tap('下单')
    await phone.tap('下单')
    patience.timeoutMilliseconds = 100
    const failure = await phone.see('取茶号').then(String, String)
    expect(failure).toContain('KitError: 没有出现 · not on the screen: 取茶号')
    expect(failure.split('云函数 order 出错 · threw:\nTypeError: an order needs a tea\n')).toHaveLength(2)
    expect(failure).toContain('    at main (cloudfunctions/order/index.js:5:18)')
    expect(failure).toContain("> 5 |   if (!id) throw new TypeError('an order needs a tea')")
    patience.timeoutMilliseconds = PATIENT
    await reset()
    await phone.open('/pages/order/order')
    patience.timeoutMilliseconds = 100
    await expect(phone.see('取茶号')).rejects.not.toThrow('an order needs a tea')
  })

  it('the end of a page loads more', async () => {
    const { phone, cloud } = fixture.project
    const teas = Array.from({ length: 70 }, (_, number) => ({ title: `茶 ${number}`, price: number }))
    await cloud.collection('goods').put(...teas)
    await phone.open()
    expect(await phone.count('.good')).toBe(30)
    expect(await phone.count('茶 30')).toBe(0)
    await phone.reachBottom()
    expect(await phone.count('茶 30')).toBe(1)
    await phone.reachBottom()
    expect(await phone.count('.good')).toBe(70)
  })

  it('a dialog hides the page, and is answered by its buttons', async () => {
    const { phone } = fixture.project
    await phone.open()
    await fixture.project.cloud.collection('goods').put(QIMEN)
    await phone.pullDown()
    await phone.tap('祁门红茶')
    await phone.tap('不买了')
    expect(await phone.dialog()).toMatchObject({ buttons: ['取消', '确定'] })
    await phone.tap('取消')
    expect(await phone.page()).toBe('pages/order/order?id=qimen')
    await phone.tap('不买了')
    await phone.tap('确定')
    expect(await phone.page()).toBe('pages/home/home')
    await phone.tap('我的')
    expect(await phone.page()).toBe('pages/mine/mine')
    await phone.tap('问好')
    expect(await phone.dialog()).toMatchObject({ buttons: ['确定'], text: expect.stringContaining('欢迎') })
    await phone.tap('确定')
    await phone.see('问好 已问好')
  })

  it('the phone number is refused, and allowed', async () => {
    const phone = await fixture.project.phones.of('oOwner', { phoneNumber: '13700137000' })
    await phone.open('/pages/mine/mine')
    await phone.tap('绑定手机号')
    await phone.refuseNumber()
    await phone.see('没有手机号就不能送茶')
    await phone.tap('绑定手机号')
    await phone.allowNumber()
    await phone.see('已绑定 137****7000')
    await phone.gone('没有手机号就不能送茶')
    expect(await fixture.project.cloud.collection('people').documents()).toEqual([
      { _id: 'oOwner', phone: '137****7000' },
    ])
  })

  it('people have storages of their own, and time passes for all', async () => {
    const { phone, phones, clock } = fixture.project
    const other = await phones.of('oOther')
    await phone.open('/pages/order/order?id=qimen')
    await phone.type('.note', '热')
    await other.open('/pages/order/order?id=qimen')
    expect([await phone.storage('note'), await other.storage('note')]).toEqual(['热', undefined])
    await clock.advance('40 days')
    const day = clock.now().toISOString().slice(0, 10)
    await other.open('/pages/mine/mine')
    await other.see(day)
    expect(clock.now().getTime() - Date.now()).toBeGreaterThan(39 * 86_400_000)
  })

  it('faults meet the mini-program', async () => {
    const { phone, faults } = fixture.project
    await phone.open('/pages/order/order?id=qimen')
    await faults.timeout('order', { times: 1 })
    await phone.tap('下单')
    await phone.see('太慢了，请再试')
    await faults.database('orders')
    await phone.tap('下单')
    await phone.see('下单失败，请再试')
    await faults.clear()
    await faults.loseAnswer('order', { times: 1 })
    await phone.tap('下单')
    await phone.see('下单失败，请再试')
    expect(await fixture.project.cloud.collection('orders').documents()).toHaveLength(1)
    await phone.goOffline()
    await phone.tap('下单')
    await phone.see('下单失败，请再试')
    await phone.goOnline()
    await phone.tap('下单')
    await phone.see('取茶号 101')
  })

  it('keeps what the mini-program throws, and adds it to the message of a failure', async () => {
    const { phone, patience } = fixture.project
    await phone.open('/pages/mine/mine')
    await phone.tap('数一数')
    patience.timeoutMilliseconds = 100
    await expect(phone.see('次')).rejects.toThrow(/the mini-program threw:[\s\S]*'length'/)
    expect(await phone.errors()).toEqual([expect.stringMatching(/'length'[\s\S]*pages\/mine\/mine/)])
    expect(await phone.errors()).toEqual([])
  })

  it('says what is on the screen instead', async () => {
    const { phone } = fixture.project
    await expect(phone.open('/pages/none/none')).rejects.toThrow(
      /没有页面 pages\/none\/none.*pages\/home\/home、pages\/order\/order/,
    )
    await expect(phone.tap('下单')).rejects.toThrow('phone.open()')
    await phone.open('/pages/order/order?id=none')
    fixture.project.patience.timeoutMilliseconds = 100
    await expect(phone.tap('结账')).rejects.toThrow(
      /nothing matches "结账".*100 ms[\s\S]*on the screen:[\s\S]*下单/,
    )
    await expect(phone.tap('下单')).rejects.toThrow(/"下单" 是禁用的 · is disabled/)
    await expect(phone.see('谢谢')).rejects.toThrow(/not on the screen: 谢谢/)
    await expect(phone.type('.buy', 'x')).rejects.toThrow(/nothing matches "\.buy"（输入框 · a field）/)
    await expect(phone.allowNumber()).rejects.toThrow('no dialog')
    await expect(phone.back()).rejects.toThrow('no page to go back to')
    await expect(phone.toast()).rejects.toThrow('no (further) toast')
  }, 60_000)
})

it('what the page simulator lacks throws by name', async () => {
  const { phone, stop } = await startProject(FIXTURE, { phone: 'simulator' })
  try {
    await phone.open('/pages/mine/mine')
    await expect(phone.tap('扫一扫')).rejects.toThrow(/页面模拟器没有 wx\.scanCode.*phone: 'browser'/)
  } finally {
    await stop()
  }
})

it('a file of the mini-program is different in a test', async () => {
  const files = { 'pages/order/order.wxml': (text: string) => text.replace('下单', '买') }
  const { phone, stop } = await startProject(FIXTURE, { phone: 'simulator', files })
  try {
    await phone.open('/pages/order/order?id=qimen')
    expect([await phone.count('买'), await phone.count('下单')]).toEqual([1, 0])
  } finally {
    await stop()
  }
  await expect(startProject(FIXTURE, { files: { 'app.js': (text) => text } })).rejects.toThrow(
    'the change changes nothing',
  )
  await expect(startProject(FIXTURE, { files: { 'none.js': (text) => text } })).rejects.toThrow(
    'no such file',
  )
})

it('on the simulator, a timer that is due has run out after the clock was moved', async () => {
  const files = {
    'pages/mine/mine.js': (text: string) =>
      text.replace(
        'async onShow() {',
        "async onShow() {\n    setTimeout(() => this.setData({ problem: '到时' }), 10000)",
      ),
  }
  const { phone, clock, stop } = await startProject(FIXTURE, { phone: 'simulator', files })
  try {
    await phone.open('/pages/mine/mine')
    await clock.advance('9 s')
    expect(await phone.count('到时')).toBe(0)
    await clock.advance('2 s')
    expect(await phone.count('到时')).toBe(1)
  } finally {
    await stop()
  }
})

it('two projects on the simulator have templates of their own', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'other-')))
  cpSync(FIXTURE, folder, { recursive: true })
  const template = '<text wx:for="{{goods}}" wx:key="_id">{{index + 1}} {{item.title}}</text>'
  writeFileSync(join(folder, 'miniprogram/pages/home/home.wxml'), template)
  const projects = await Promise.all(
    [FIXTURE, folder].map((one) => startProject(one, { phone: 'simulator' })),
  )
  try {
    const texts = []
    for (const { phone, cloud } of projects) {
      await cloud.collection('goods').put(QIMEN)
      await phone.open()
      texts.push((await phone.text()).replace(/\s+/g, ' ').trim())
    }
    expect(texts).toEqual(['今天的茶 祁门红茶¥68.50', '1 祁门红茶'])
  } finally {
    for (const { stop } of projects) await stop()
    rmSync(folder, { recursive: true })
  }
})

it.each(['browser', 'simulator'] as const)(
  'a project that does not compile says so in the %s',
  async (phoneKind) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'broken-')))
    cpSync(FIXTURE, folder, { recursive: true })
    writeFileSync(join(folder, 'miniprogram/pages/home/home.js'), 'Page({')
    const { phone, stop } = await startProject(folder, { phone: phoneKind })
    try {
      await expect(phone.open()).rejects.toThrow(/does not compile:\n.*pages\/home\/home\.js:1/)
    } finally {
      await stop()
      rmSync(folder, { recursive: true })
    }
  },
)

it('a folder without a project, and a duration without sense, are refused', async () => {
  await expect(startProject(join(tmpdir(), 'no-such-project'))).rejects.toThrow(
    /has no project\.config\.json/,
  )
  expect(['2 days', '90 s', '5min', 7].map(millisecondsOf)).toEqual([172_800_000, 90_000, 300_000, 7])
  expect(() => millisecondsOf('soon')).toThrow(/no duration/)
})

it.each([true, false])('a reset keeps instances (%s), and ends what is under way', async (keepInstances) => {
  const { cloud, faults, reset, stop } = await startProject(FIXTURE, { keepInstances })
  try {
    await cloud.call('goods', {}, { as: 'oAlice' })
    await faults.add({ action: 'database.addDocument', answer: { kind: 'hang' } })
    const left = cloud.invoke('order', 'oAlice', { id: 'qimen' })
    await expect.poll(async () => (await cloud.logs()).length).toBe(2)
    await reset()
    expect((await left).errCode).toBe(-504002)
    expect(await cloud.collection('orders').documents()).toEqual([])
    await cloud.call('order', { id: 'longjing' }, { as: 'oAlice' })
    expect(await cloud.collection('orders').documents()).toMatchObject([{ id: 'longjing' }])
    await cloud.call('goods', {}, { as: 'oAlice' })
    expect((await cloud.logs()).map(({ coldStart }) => coldStart)).toEqual([true, !keepInstances])
  } finally {
    await stop()
  }
})

describe('the cloud', () => {
  it('answers, or says where the function threw', async () => {
    const { cloud, stop } = await startProject(FIXTURE)
    try {
      expect(await cloud.call('order', { id: 'qimen' }, { as: 'oAlice' })).toEqual({ number: 100 })
      await expect(cloud.call('order', {}, { as: 'oAlice' })).rejects.toThrow(
        /云函数 order[\s\S]*TypeError: an order needs a tea[\s\S]*cloudfunctions\/order\/index\.js:5/,
      )
      expect((await cloud.logs()).map(({ functionName, openid }) => [functionName, openid])).toEqual([
        ['order', 'oAlice'],
        ['order', 'oAlice'],
      ])
      await cloud.collection('orders').clear()
      expect(await cloud.collection('orders').documents()).toEqual([])
    } finally {
      await stop()
    }
  }, 60_000)
})

it.each(['browser', 'simulator'] as const)(
  'a mini-program that does not call wx.cloud.init has no cloud: %s',
  async (phone) => {
    const files = { 'app.js': 'App({})\n' }
    const project = await startProject(FIXTURE, { phone, timeoutMilliseconds: PATIENT, files })
    try {
      await project.phone.open('/pages/desk/desk')
      await project.phone.tap('结账')
      await project.phone.see('please call wx.cloud.init first')
      expect(await project.phone.calls()).toEqual([])
    } finally {
      await project.stop()
    }
  },
)
