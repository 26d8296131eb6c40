import { continueAfterLogin, requireLogin } from '../../services/session'
import type { SessionState } from '../../services/session-state'
import { getSession, onSessionChange } from '../../services/session-state'
import { newDraftKey, saveTrip } from '../../services/trips'
import { cloudProblem } from '../../utils/cloud'
import { sameLogin } from '../../utils/login-epoch'
import { openPage } from '../../utils/navigation'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

const MOST_DAYS = 30

Page({
  data: {
    texts: TEXTS.home,
    /** What keeps the whole app from working. */
    problem: '',
    /** Why the last save did not succeed. */
    notice: '',
    isLoggedIn: false,
    accountLabel: TEXTS.home.login as string,
    city: '',
    days: 3,
    saving: false,
  },
  /** Of the draft on the screen: made when it is first sent, given up when it changes or is saved. */
  draftKey: '',
  stopListening: () => {},

  onLoad() {
    const problem = cloudProblem()
    if (problem) this.setData({ problem: ENDING_TEXTS[problem] })
    this.show(getSession())
    this.stopListening = onSessionChange((state) => this.show(state))
  },

  onUnload() {
    this.stopListening()
  },

  show({ isLoggedIn, userInfo }: SessionState) {
    const label = isLoggedIn ? userInfo?.nickname || userInfo?.phone || TEXTS.home.account : TEXTS.home.login
    this.setData({ isLoggedIn, accountLabel: label })
  },

  onCity(event: { detail: { value: string } }) {
    this.change({ city: event.detail.value })
  },

  onSuggestion(event: WechatMiniprogram.BaseEvent) {
    this.change({ city: event.currentTarget.dataset['city'] })
  },

  onDays(event: WechatMiniprogram.BaseEvent) {
    const days = this.data.days + Number(event.currentTarget.dataset['by'])
    if (days >= 1 && days <= MOST_DAYS) this.change({ days })
  },

  change(draft: { city?: string; days?: number }) {
    this.draftKey = ''
    this.setData({ ...draft, notice: '' })
  },

  async onSave() {
    if (this.data.saving) return
    if (this.data.city.trim() === '') {
      wx.showToast({ title: TEXTS.home.cityMissing, icon: 'none' })
      return
    }
    this.setData({ saving: true, notice: '' })
    try {
      await requireLogin(() => this.save())
    } finally {
      this.setData({ saving: false })
    }
  },

  async save() {
    this.draftKey = this.draftKey || newDraftKey()
    this.setData({ saving: true })
    const key = this.draftKey
    const isCurrent = sameLogin()
    const outcome = await saveTrip({ city: this.data.city.trim(), days: this.data.days, key })
    this.setData({ saving: false })
    if (outcome.ok) {
      // What was typed meanwhile is another draft.
      if (this.draftKey === key) this.draftKey = ''
      wx.showToast({ title: TEXTS.home.saved, icon: 'success' })
    } else if (outcome.failure === 'SIGNED_OUT') {
      // The login page is open already; what was under way goes on after it.
      continueAfterLogin(() => this.save())
    } else if (isCurrent() || outcome.failure === 'ACCOUNT_DISABLED') {
      // That one is the end of this very login, and told here.
      this.setData({ notice: ENDING_TEXTS[outcome.failure] })
    }
  },

  onTrips() {
    requireLogin(() => openPage('/pages/trips/trips', this.route))
  },

  onAccount() {
    openPage('/pages/account/account', this.route)
  },
})
