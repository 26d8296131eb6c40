import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

const app = useMiniProgram({
  'app.json': {
    pages: ['pages/start/start'],
    permission: { 'scope.userLocation': { desc: '用来找附近的店' } },
  },
  ...page('pages/start/start', {
    wxml: `开始 <button bindtap="profile">资料</button>
      <button open-type="getUserInfo" bindgetuserinfo="on">用户信息</button>
      <button open-type="openSetting" bindopensetting="on">打开设置</button>
      <button open-type="contact" bindcontact="on">客服</button>
      <navigator target="miniProgram" app-id="wx1" bindsuccess="on">别的小程序</navigator>
      <button bindtap="none">没有效果</button>
      <text class="log">{{log}}</text>
      <view class="box" animation="{{animation}}">动</view>
      <canvas canvas-id="old" style="width: 100px; height: 50px"></canvas>`,
    js: `Page({ data: { log: '', animation: null },
      on({ type, detail }) { this.setData({ log: type + ' ' + JSON.stringify(detail) }) },
      none() { wx.setEnableDebug({ enableDebug: true }) },
      profile() { wx.getUserProfile({ desc: '展示', success: ({ userInfo }) => this.setData({ log: userInfo.nickName }) }) },
    })`,
  }),
})

async function open(openid: string): Promise<PhonePage> {
  const phone = await app.kit.phone(openid)
  await phone.text('开始').waitFor()
  return phone
}

type Wx = Record<string, (options: object) => unknown>

/** Calls an interface with callbacks; its answer or refusal. */
const call = (phone: PhonePage, name: string, options: object = {}): Promise<Record<string, unknown>> =>
  phone.screen.locator('body').evaluate(
    (_, [method, values]) => {
      const { wx } = globalThis as unknown as { wx: Wx }
      return new Promise((resolve) => wx[method]?.({ ...values, success: resolve, fail: resolve }))
    },
    [name, options] as const,
  )

/** Runs a function of the test in the mini-program's window. */
const run = <Answer>(phone: PhonePage, script: () => Answer): Promise<Awaited<Answer>> =>
  phone.screen.locator('body').evaluate(script) as Promise<Awaited<Answer>>

interface Launched {
  getEnterOptionsSync(): { scene: number }
}

describe('the account', () => {
  it('logs in by a code that is valid once, and the profile is anonymous', async () => {
    const phone = await open('oAccount')
    const { code, errMsg } = await call(phone, 'login')
    expect(errMsg).toBe('login:ok')
    const session = app.kit.cloud.loginCodes.exchange(code)
    expect(session?.openid).toBe('oAccount')
    expect(app.kit.cloud.loginCodes.exchange(code)).toBeUndefined()
    expect(await call(phone, 'checkSession')).toEqual({ errMsg: 'checkSession:ok' })
    expect(await call(phone, 'getUserInfo')).toMatchObject({
      userInfo: { nickName: '微信用户', is_demote: true },
    })
    expect(await call(phone, 'getUserProfile', { desc: '展示' })).toEqual({
      errMsg: 'getUserProfile:fail can only be invoked by user TAP gesture.',
    })
    await phone.button('资料').click()
    await phone.text('微信用户').waitFor()
    await phone.button('用户信息').click()
    await phone.text('getuserinfo {"errMsg":"getUserInfo:ok"').waitFor()
    await phone.button('客服').click()
    await phone.wechatButton('返回小程序').click()
    await phone.text('contact {"errMsg":"enterContact:ok"').waitFor()
  })

  it('asks for a scope once, remembers a refusal, and changes it in the settings', async () => {
    const phone = await open('oScopes')
    const denied = call(phone, 'authorize', { scope: 'scope.userLocation' })
    await phone.page.getByText('用来找附近的店').waitFor()
    await phone.wechatButton('拒绝').click()
    expect(await denied).toEqual({ errMsg: 'authorize:fail auth deny', errno: 103 })
    expect(await call(phone, 'authorize', { scope: 'scope.userLocation' })).toMatchObject({ errno: 103 })
    expect(await call(phone, 'getSetting')).toMatchObject({ authSetting: { 'scope.userLocation': false } })
    await phone.button('打开设置').click()
    await phone.page.getByRole('switch', { name: '获取位置信息' }).check()
    await phone.wechatButton('完成').click()
    await phone.text('"scope.userLocation":true').waitFor()
    await phone.setting('纬度').fill('30.5')
    await phone.setting('纬度').blur()
    const located = call(phone, 'getLocation', { type: 'gcj02' })
    await phone.wechatButton('同意').click()
    expect(await located).toMatchObject({ latitude: 30.5, longitude: 113.32446, errMsg: 'getLocation:ok' })
    await phone.panelButton('清除数据并重启').click()
  })

  it('asks for subscription messages, and a function sends as many as were accepted', async () => {
    const phone = await open('oSubscriber')
    const asked = call(phone, 'requestSubscribeMessage', { tmplIds: ['甲', '乙'] })
    await phone.page.getByLabel('模板 乙').uncheck()
    await phone.wechatButton('允许').click()
    expect(await asked).toEqual({ errMsg: 'requestSubscribeMessage:ok', 甲: 'accept', 乙: 'reject' })
    const send = (templateId: string) =>
      app.kit.cloud.subscriptions.send({
        openid: 'oSubscriber',
        templateId,
        page: 'pages/start/start',
        fields: { thing1: '到货' },
      })
    expect([send('乙'), send('甲'), send('甲')]).toEqual([false, true, false])
    await phone.toast('订阅消息：到货').waitFor()
    await phone.page.getByRole('button', { name: /模板 甲.*thing1：到货/ }).click()
    await expect
      .poll(() =>
        run(phone, () => (globalThis as unknown as { wx: Launched }).wx.getEnterOptionsSync().scene),
      )
      .toBe(1014)
    const { messages } = await app.kit.control.get('messages')
    expect(messages).toMatchObject([{ templateId: '甲', fields: { thing1: '到货' } }])
  })
})

describe('pages of WeChat', () => {
  it('scanning, addresses, places, payments and calls end as the tester chooses', async () => {
    const phone = await open('oPages')
    const scanned = call(phone, 'scanCode')
    await phone.page.getByLabel('内容').fill('https://例')
    await phone.wechatButton('确定').click()
    expect(await scanned).toMatchObject({ result: 'https://例', scanType: 'QR_CODE', errMsg: 'scanCode:ok' })
    const address = call(phone, 'chooseAddress')
    await phone.wechatButton('同意').click()
    await phone.wechatButton('确定').click()
    expect(await address).toMatchObject({
      userName: '张三',
      provinceName: '广东省',
      errMsg: 'chooseAddress:ok',
    })
    const chosenPlace = call(phone, 'chooseLocation')
    await phone.wechatButton('取消').click()
    expect(await chosenPlace).toEqual({ errMsg: 'chooseLocation:fail cancel' })
    const order = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'MD5', paySign: 's' }
    const paid = call(phone, 'requestPayment', order)
    await phone.page.getByText('不是真的付款').waitFor()
    await phone.wechatButton('支付成功').click()
    expect(await paid).toEqual({ errMsg: 'requestPayment:ok' })
    const unpaid = call(phone, 'requestPayment', order)
    await phone.wechatButton('取消').click()
    expect(await unpaid).toEqual({ errMsg: 'requestPayment:fail cancel' })
    await phone.text('别的小程序').click()
    await phone.wechatButton('允许').click()
    await phone.text('success {"errMsg":"navigateTo:ok"}').waitFor()
    expect((await phone.takeErrors()).join()).toContain('真机上会打开小程序 wx1')
    const phoned = call(phone, 'makePhoneCall', { phoneNumber: '10086' })
    await phone.wechatButton('呼叫 10086').click()
    expect(await phoned).toEqual({ errMsg: 'makePhoneCall:ok' })
  })
})

describe('never silently wrong', () => {
  it('what has no effect is noted once, and what is missing fails by name', async () => {
    const phone = await open('oGaps')
    expect(await call(phone, 'setKeepScreenOn', { keepScreenOn: true })).toEqual({
      errMsg: 'setKeepScreenOn:ok',
    })
    await call(phone, 'setKeepScreenOn', { keepScreenOn: false })
    expect(
      await run(phone, () => {
        const { onCompassChange, notOfWechat, createRewardedVideoAd } = (
          globalThis as unknown as {
            wx: {
              onCompassChange(listener: () => void): void
              notOfWechat: unknown
              createRewardedVideoAd(options: object): {
                onError(listener: (error: unknown) => void): void
                show(): Promise<void>
              }
            }
          }
        ).wx
        onCompassChange(() => undefined)
        const ad = createRewardedVideoAd({ adUnitId: 'a' })
        const failed = new Promise((resolve) => ad.onError(resolve))
        return ad.show().catch(async ({ errMsg }) => [await failed, `${typeof notOfWechat} ${errMsg}`])
      }),
    ).toEqual([
      { errCode: -1, errMsg: 'wx.createRewardedVideoAd().show is not implemented by this phone' },
      'undefined show:fail wx.createRewardedVideoAd().show is not implemented by this phone',
    ])
    expect(
      await run(phone, () => {
        interface Worklet {
          shared(value: number): { value: number }
          derived(read: () => number): { value: number }
          timing(value: number, options: { easing: unknown }): number
          Easing: { out(ease: unknown): unknown; cubic: unknown }
        }
        const { shared, derived, timing, Easing } = (globalThis as unknown as { wx: { worklet: Worklet } }).wx
          .worklet
        const x = shared(1)
        const twice = derived(() => x.value * 2)
        x.value = timing(4, { easing: Easing.out(Easing.cubic) })
        return twice.value
      }),
    ).toBe(8)
    const notes = async () => (await app.kit.control.get('notes')).notes.map(({ message }) => message)
    await expect
      .poll(notes)
      .toContain('手机 phone: wx.setKeepScreenOn：这台手机上没有效果 · has no effect on this phone')
    await phone.button('没有效果').click()
    await expect
      .poll(notes)
      .toContainEqual(expect.stringMatching(/phone: pages\/start\/start\.js:\d+ wx\.setEnableDebug：/))
    const log = await phone.takeErrors()
    expect(log.filter((entry) => entry.includes('setKeepScreenOn'))).toHaveLength(1)
    expect(log.join('\n')).toContain('wx.worklet：这台手机没有 Skyline')
    expect(log.join('\n')).toContain('wx.onCompassChange：这台手机上没有这个事件')
    expect(log.join('\n')).toContain('wx.createRewardedVideoAd().show is not implemented')
  })

  it('getSystemInfo answers before it returns, and the clipboard keeps a text', async () => {
    const phone = await open('oNow')
    expect(
      await run(phone, () => {
        let width = 0
        const { getSystemInfo } = (globalThis as unknown as { wx: { getSystemInfo(options: object): void } })
          .wx
        getSystemInfo({ success: ({ windowWidth }: { windowWidth: number }) => (width = windowWidth) })
        return width
      }),
    ).toBe(393)
    await call(phone, 'setClipboardData', { data: '复制' })
    expect(await call(phone, 'getClipboardData')).toMatchObject({ data: '复制' })
  })
})

it('createAnimation moves a view step by step', async () => {
  const phone = await open('oMoving')
  await run(phone, () => {
    const { createAnimation } = (
      globalThis as unknown as { wx: { createAnimation(options: object): Record<string, never> } }
    ).wx
    const animation = createAnimation({ duration: 20 }) as never as {
      translateX(x: number): { opacity(value: number): { step(): void } }
      rotate(degrees: number): { step(options: object): void }
      export(): object
    }
    animation.translateX(30).opacity(0.5).step()
    animation.rotate(90).step({ duration: 10 })
    const { getCurrentPages } = globalThis as never as {
      getCurrentPages(): { setData(data: object): void }[]
    }
    getCurrentPages()[0]?.setData({ animation: animation.export() })
  })
  const style = () => phone.top.locator('.box').getAttribute('style')
  await expect.poll(style).toContain('translateX(30px) rotate(90deg)')
  expect(await style()).toContain('opacity: 0.5')
})

describe('pictures and files', () => {
  it('draws on old canvases and on nodes, and exports the picture', async () => {
    const phone = await open('oDrawing')
    const sizes = await run(phone, async () => {
      type Canvas = HTMLCanvasLike & { createImage(): { src: string; onload(): void } }
      interface HTMLCanvasLike {
        width: number
        getContext(kind: '2d'): Record<string, (...values: unknown[]) => unknown>
      }
      const { wx } = globalThis as unknown as {
        wx: {
          createCanvasContext(id: string): Record<string, (...values: unknown[]) => unknown>
          createOffscreenCanvas(options: object): Canvas
          canvasToTempFilePath(options: object): Promise<{ tempFilePath: string }>
          getImageInfo(options: object): Promise<{ width: number; height: number }>
          canvasGetImageData(options: object): Promise<{ data: number[] }>
        }
      }
      const off = wx.createOffscreenCanvas({ type: '2d', width: 20, height: 10 })
      off.getContext('2d')['fillRect']?.(0, 0, 20, 10)
      const { tempFilePath } = await wx.canvasToTempFilePath({ canvas: off, destWidth: 40, destHeight: 20 })
      const old = wx.createCanvasContext('old')
      const widthBefore = old['lineWidth']
      // As chart libraries do.
      Object.defineProperty(old, 'fillStyle', { set: (value) => old['setFillStyle']?.(value) })
      Object.assign(old, { fillStyle: '#ff0000' })
      old['setFillStyle']?.(undefined)
      old['arc']?.(0, 0, -1, 0, 1)
      old['fillRect']?.(0, 0, 10, 10)
      old['drawImage']?.(tempFilePath, 50, 0, 20, 10)
      await new Promise<void>((resolve) => old['draw']?.(false, resolve))
      const { data } = await wx.canvasGetImageData({ canvasId: 'old', x: 3, y: 3, width: 1, height: 1 })
      const picture = await wx.canvasToTempFilePath({ canvasId: 'old', fileType: 'jpg' })
      const measured = await wx.getImageInfo({ src: picture.tempFilePath })
      const small = await wx.getImageInfo({ src: tempFilePath })
      return [[...data], measured.width, measured.height, small.width, widthBefore]
    })
    // 100 × 50 CSS pixels on a screen with three device pixels each.
    expect(sizes).toEqual([[255, 0, 0, 255], 300, 150, 40, 1])
    expect(await phone.takeErrors()).toEqual([expect.stringMatching(/^CanvasContext\.draw：.*radius/)])
  })

  it('chooses, measures, compresses and saves a picture', async () => {
    const phone = await open('oPictures')
    const chosen = call(phone, 'chooseMedia', { count: 1, mediaType: ['image'] })
    await phone.wechatButton('同意').click()
    await phone.wechatButton('用示例图片').click()
    const { tempFiles } = (await chosen) as { tempFiles: { tempFilePath: string; width: number }[] }
    const path = tempFiles[0]?.tempFilePath
    expect(tempFiles).toMatchObject([{ fileType: 'image', width: 600, height: 400 }])
    expect(await call(phone, 'getImageInfo', { src: path })).toMatchObject({ width: 600, type: 'png' })
    const { tempFilePath } = await call(phone, 'compressImage', {
      src: path,
      compressedWidth: 60,
      quality: 50,
    })
    expect(await call(phone, 'getImageInfo', { src: tempFilePath })).toMatchObject({
      width: 60,
      height: 40,
      type: 'jpeg',
    })
    const saved = call(phone, 'saveImageToPhotosAlbum', { filePath: path })
    const download = phone.page.waitForEvent('download')
    await phone.wechatButton('允许').click()
    expect(await saved).toEqual({ errMsg: 'saveImageToPhotosAlbum:ok' })
    await download
    expect(await call(phone, 'previewImage', { urls: [path], current: path })).toEqual({
      errMsg: 'previewImage:ok',
    })
    await phone.page.getByRole('img', { name: '第 1 张图片' }).click()
    const cancelled = call(phone, 'chooseImage', {})
    await phone.wechatButton('取消').click()
    expect(await cancelled).toEqual({ errMsg: 'chooseImage:fail cancel' })
  })

  it('the file system has both forms, and keeps files until the data are cleared', async () => {
    const phone = await open('oFiles')
    const answers = () =>
      run(phone, () => {
        type Manager = Record<string, (...values: unknown[]) => unknown>
        const { getFileSystemManager, env } = (
          globalThis as unknown as {
            wx: {
              getFileSystemManager(): Manager
              env: { USER_DATA_PATH: string }
            }
          }
        ).wx
        const manager = getFileSystemManager()
        const root = env.USER_DATA_PATH
        const attempt = (name: string, ...values: unknown[]) => {
          try {
            return manager[name]?.(...values)
          } catch (error) {
            return (error as Error).message
          }
        }
        return [
          attempt('accessSync', `${root}/a/b.txt`),
          attempt('mkdirSync', `${root}/a`),
          attempt('writeFileSync', `${root}/a/b.txt`, '你好', 'utf8'),
          attempt('appendFileSync', `${root}/a/b.txt`, '!', 'utf8'),
          attempt('readFileSync', `${root}/a/b.txt`, 'utf8'),
          attempt('readFileSync', `${root}/a/b.txt`) instanceof ArrayBuffer,
          attempt('readdirSync', `${root}/a`),
          attempt('writeFileSync', 'app.json', 'x'),
          attempt('rmdirSync', `${root}/a`),
        ]
      })
    const root = 'http://usr'
    expect(await answers()).toEqual([
      `accessSync:fail no such file or directory "${root}/a/b.txt"`,
      undefined,
      undefined,
      undefined,
      '你好!',
      true,
      ['b.txt'],
      'writeFileSync:fail permission denied, open "app.json"',
      `rmdirSync:fail directory not empty "${root}/a"`,
    ])
    expect(await call(phone, 'getFileInfo', { filePath: `${root}/a/b.txt` })).toMatchObject({
      size: 7,
      digest: '72ab882c8c24ecec869d063558b72396',
    })
    await phone.panelButton('重新启动').click()
    await phone.text('开始').waitFor()
    expect((await answers())[0]).toBeUndefined()
    await phone.panelButton('清除数据并重启').click()
    await phone.text('开始').waitFor()
    expect((await answers())[0]).toContain('no such file')
  })
})

it('a project’s own interfaces win over the phone’s, and a fault in their module has file and line', async () => {
  const other = new WrittenMiniProgram(page('pages/start/start', { wxml: '开始' }))
  other.write(
    'own.ts',
    `import type { WxModule } from 'wechat-cloud-emulator/wx'
    const ours: WxModule = {
      getWeRunData: (_options, phone) => ({ steps: phone.openid.length }),
      scanCode: () => Promise.reject(Object.assign(new Error('no camera'), { errno: 7 })),
      getBatteryInfoSync: () => ({ level: 5 }),
      showToast: (options, { original }) => original?.({ ...options, title: '自己的 ' + String(options.title) }),
    }
    export default ours`,
  )
  const wxModule = join(other.directory, 'own.ts')
  const ownKit = await PhoneKit.start({ directory: other.directory, wxModule })
  try {
    const phone = await ownKit.phone('oOwn')
    await phone.text('开始').waitFor()
    expect(await call(phone, 'getWeRunData')).toEqual({ errMsg: 'getWeRunData:ok', steps: 4 })
    expect(await call(phone, 'scanCode')).toEqual({ errMsg: 'scanCode:fail no camera', errno: 7 })
    await call(phone, 'showToast', { title: '话' })
    await phone.toast('自己的 话').waitFor()
    other.write('own.ts', 'export default {\n  login: (\n}')
    await ownKit.rebuild()
    await expect.poll(async () => (await phone.allErrors()).join()).toContain('own.ts:3')
    await phone.takeErrors()
    await ownKit.finish()
  } finally {
    await ownKit.stop()
    other.remove()
  }
})
