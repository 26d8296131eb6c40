import type { Outcome } from '../../../auth/core/outcome'
import { failed } from '../../../auth/core/outcome'
import { watchLogin } from '../../../auth/session/launch'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { leavePage } from '../../../auth/ui/navigation'
import { showTitle } from '../../../auth/ui/title'
import type { DeviceView } from '../../services/devices'
import { endAllDevices, endDevice, endOtherDevices, listDevices, viewDevice } from '../../services/devices'
import { TEXTS } from '../../utils/texts'

/** Instead of a device's id. */
const ALL = 'all'

Page({
  data: {
    texts: TEXTS.devices,
    isLoggedIn: true,
    devices: [] as DeviceView[],
    /** True from the start, until it is known whether a user is logged in. */
    loading: true,
    /** What is being ended: a device's id, `others` or `all`. */
    ending: '',
    notice: '',
    /** Whether the notice offers to load again. */
    canRetry: false,
  },
  stopListening: () => {},
  /** Counts the requests: only the last answer counts. */
  requests: 0,
  wasHidden: false,

  onReady() {
    showTitle(TEXTS.titles.devices)
  },

  onLoad() {
    this.stopListening = watchLogin((isLoggedIn) => {
      // Another login may be another account: nothing of the last one stays on the screen.
      this.setData({ isLoggedIn, devices: [], notice: '', ending: '', loading: isLoggedIn })
      this.requests += 1
      if (isLoggedIn) this.fetch()
    })
  },

  /** Logins change elsewhere: shown again, such as in a tab, the page loads them again. */
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
    this.requests += 1
    const number = this.requests
    this.setData({ loading: true, notice: '' })
    const outcome = await listDevices().catch(() => failed('INVALID_RESPONSE'))
    if (number !== this.requests || !this.data.isLoggedIn) return
    // In one step: what is neither loading nor loaded is not seen.
    if (outcome.ok) this.setData({ loading: false, devices: outcome.data.sessions.map(viewDevice) })
    else this.setData({ loading: false, notice: ERROR_TEXTS[outcome.failure], canRetry: true })
  },

  async onEnd(event: WechatMiniprogram.BaseEvent) {
    const device = this.data.devices.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!device) return
    const { endQuestion: title, endConsequence, ended, endConfirm, nameEnd } = TEXTS.devices
    const content = `${device.name}${nameEnd}${endConsequence}`
    if (!(await confirm({ title, content, confirmText: endConfirm, isDangerous: true }))) return
    if (await this.end(device.id, () => endDevice(device.id), ended)) {
      this.setData({ devices: this.data.devices.filter(({ id }) => id !== device.id) })
    }
  },

  async onEndOthers() {
    const { endOthersQuestion: title, endOthersConsequence: content, othersEnded, endConfirm } = TEXTS.devices
    if (!(await confirm({ title, content, confirmText: endConfirm, isDangerous: true }))) return
    if (await this.end('others', endOtherDevices, othersEnded)) {
      this.setData({ devices: this.data.devices.filter(({ current }) => current) })
    }
  },

  async onEndAll() {
    const { endAllQuestion: title, endAllConsequence: content, allEnded, endConfirm } = TEXTS.devices
    if (!(await confirm({ title, content, confirmText: endConfirm, isDangerous: true }))) return
    if (await this.end(ALL, endAllDevices, allEnded)) leavePage(this)
  },

  /** @returns whether it succeeded, and the login is still the same */
  async end(target: string, act: () => Promise<Outcome<unknown>>, success: string): Promise<boolean> {
    if (this.data.ending !== '') return false
    this.setData({ ending: target, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await act().catch(() => failed('INVALID_RESPONSE'))
    const isEnded = outcome.ok && target === ALL && !this.data.isLoggedIn
    if (!isCurrent() && !isEnded) return false
    this.setData({ ending: '' })
    if (outcome.ok) wx.showToast({ title: success, icon: 'none' })
    else if (this.data.isLoggedIn) this.setData({ notice: ERROR_TEXTS[outcome.failure], canRetry: false })
    // A list that is under way may be older.
    if (outcome.ok && this.data.loading) this.fetch()
    return outcome.ok
  },
})
