import type { DeviceView } from '../../services/devices'
import { endAllDevices, endDevice, endOtherDevices, listDevices, viewDevice } from '../../services/devices'
import { watchLogin } from '../../services/session'
import { confirm } from '../../utils/confirm'
import type { Outcome } from '../../utils/failure'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { leavePage } from '../../utils/navigation'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

/** In the place of a device's id. */
const ALL = 'all'

Page({
  data: {
    texts: TEXTS.devices,
    isLoggedIn: true,
    devices: [] as DeviceView[],
    /** From the start, until it is known whether there is anything to load. */
    loading: true,
    /** What is being ended: a device's id, `others` or `all`. */
    ending: '',
    notice: '',
    /** Whether loading again may help against the notice. */
    canRetry: false,
  },
  stopListening: () => {},
  /** Counts what was asked for: only the last answer counts. */
  asked: 0,
  wasHidden: false,

  onLoad() {
    this.stopListening = watchLogin((isLoggedIn) => {
      // Another login may be another account: nothing of the last one stays on the screen.
      this.setData({ isLoggedIn, devices: [], notice: '', ending: '', loading: isLoggedIn })
      this.asked += 1
      if (isLoggedIn) this.fetch()
    })
  },

  /** Logins come and go elsewhere: seen again, in a tab for one, the page shows those there are now. */
  onShow() {
    if (this.wasHidden) this.load()
    this.wasHidden = false
  },

  onHide() {
    this.wasHidden = true
  },

  onUnload() {
    this.stopListening()
  },

  async onPullDownRefresh() {
    await this.load()
    wx.stopPullDownRefresh()
  },

  onRetry() {
    this.load()
  },

  async load() {
    if (this.data.isLoggedIn && !this.data.loading) await this.fetch()
  },

  async fetch() {
    this.asked += 1
    const number = this.asked
    this.setData({ loading: true, notice: '' })
    const outcome = await listDevices().catch(() => failed('BROKEN_ANSWER'))
    if (number !== this.asked || !this.data.isLoggedIn) return
    this.setData({ loading: false })
    if (outcome.ok) this.setData({ devices: outcome.data.sessions.map(viewDevice) })
    else this.setData({ notice: ENDING_TEXTS[outcome.failure], canRetry: true })
  },

  async onEnd(event: WechatMiniprogram.BaseEvent) {
    const device = this.data.devices.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!device) return
    const { endQuestion: title, endConsequence, ended, end } = TEXTS.devices
    const content = `${device.name}：${endConsequence}`
    if (!(await confirm({ title, content, confirmText: end, isDangerous: true }))) return
    if (await this.end(device.id, () => endDevice(device.id), ended)) {
      this.setData({ devices: this.data.devices.filter(({ id }) => id !== device.id) })
    }
  },

  async onEndOthers() {
    const { endOthersQuestion: title, endOthersConsequence: content, othersEnded, end } = TEXTS.devices
    if (!(await confirm({ title, content, confirmText: end, isDangerous: true }))) return
    if (await this.end('others', endOtherDevices, othersEnded)) {
      this.setData({ devices: this.data.devices.filter(({ current }) => current) })
    }
  },

  async onEndAll() {
    const { endAllQuestion: title, endAllConsequence: content, allEnded, end } = TEXTS.devices
    if (!(await confirm({ title, content, confirmText: end, isDangerous: true }))) return
    if (await this.end(ALL, endAllDevices, allEnded)) leavePage(this)
  },

  /** @returns whether it was done, and the login is still the one under which it was asked for */
  async end(what: string, act: () => Promise<Outcome<unknown>>, success: string): Promise<boolean> {
    if (this.data.ending !== '') return false
    this.setData({ ending: what, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await act().catch(() => failed('BROKEN_ANSWER'))
    const isEnded = outcome.ok && what === ALL && !this.data.isLoggedIn
    if (!isCurrent() && !isEnded) return false
    this.setData({ ending: '' })
    if (outcome.ok) wx.showToast({ title: success, icon: 'none' })
    else if (this.data.isLoggedIn) this.setData({ notice: ENDING_TEXTS[outcome.failure], canRetry: false })
    // A list that is on its way may be from before.
    if (outcome.ok && this.data.loading) this.fetch()
    return outcome.ok
  },
})
