import type { Device } from '../device/device.ts'
import { showSwitchSheet } from '../device/switch-sheet.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'
import { ApiFailure } from './api-failure.ts'

/** What WeChat asks the user for, by scope. A scope without a text is granted without a question, or is no more. */
const SCOPES: Readonly<Record<string, string>> = {
  'scope.userInfo': '',
  'scope.userLocation': '获取你的位置信息',
  'scope.userFuzzyLocation': '获取你的模糊位置信息',
  'scope.userLocationBackground': '在使用小程序期间和离开小程序后获取你的位置信息',
  'scope.address': '',
  'scope.invoice': '',
  'scope.invoiceTitle': '',
  'scope.werun': '获取你的微信运动步数',
  'scope.record': '使用你的麦克风',
  'scope.writePhotosAlbum': '保存图片或视频到你的相册',
  'scope.camera': '使用你的摄像头',
  'scope.bluetooth': '使用你的蓝牙',
  'scope.addPhoneContact': '添加联系人到你的通讯录',
  'scope.addPhoneCalendar': '添加日程到你的日历',
}

const KEY = 'scopes'

/** What the user has allowed the mini-program: WeChat asks once and remembers the answer. */
export class Permissions {
  readonly #device: Device
  readonly #appName: string
  readonly #purposes: Readonly<Record<string, { desc?: string }>>

  /** @param purposes `permission` of app.json */
  constructor(device: Device, appName: string, purposes: Readonly<Record<string, { desc?: string }>> = {}) {
    this.#device = device
    this.#appName = appName
    this.#purposes = purposes
  }

  /** `authSetting`: only the scopes that the user has decided on. */
  get current(): Record<string, boolean> {
    return { ...(this.#device.consent.read(KEY) as Record<string, boolean> | undefined) }
  }

  set(scope: string, allowed: boolean): void {
    this.#device.consent.write(KEY, { ...this.current, [scope]: allowed })
  }

  /**
   * Resolves when the user has granted the scope, now or before.
   * @throws ApiFailure `auth deny` as WeChat words it
   */
  async require(scope: string): Promise<void> {
    const text = SCOPES[scope]
    if (text === undefined) throw new ApiFailure('scope unauthorized', { errno: 101 })
    if (text === '') return
    if (this.current[scope] === undefined) this.set(scope, await this.#ask(scope, text))
    if (!this.current[scope]) throw new ApiFailure('auth deny', { errno: 103 })
  }

  /** WeChat's page of settings: a switch for each scope that the user has decided on. @returns `authSetting` */
  async openSettings(): Promise<Record<string, boolean>> {
    const scopes = Object.entries(this.current).map(([scope, isOn]) => ({
      name: scope,
      label: SCOPES[scope]?.replace(/你的/g, '') || scope,
      isOn,
    }))
    const changed = await showSwitchSheet(this.#device.overlay, '设置', scopes)
    for (const [scope, isOn] of Object.entries(changed)) this.set(scope, isOn)
    return this.current
  }

  async #ask(scope: string, text: string): Promise<boolean> {
    const verdict = await showVerdictSheet(this.#device.overlay, {
      appName: this.#appName,
      title: `申请${text}`,
      text: this.#purposes[scope]?.desc ?? '',
      deny: '拒绝',
      allow: '允许',
    })
    return verdict === 'allow'
  }
}
