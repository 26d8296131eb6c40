import type { SessionState } from '../../auth/index'
import {
  cloudProblem,
  continueAfterLogin,
  ERROR_TEXTS,
  getSession,
  login,
  onSessionChange,
  openAccountPage,
  openPage,
  requireLogin,
  sameLogin,
  showTitle,
} from '../../auth/index'
import { newDocumentKey } from '../../services/document-key'
import { FavouriteHeart } from '../../services/favourite-heart'
import { takePlannedDestination } from '../../services/planned-destination'
import { saveTrip } from '../../services/trips'
import { TEXTS } from '../../texts'

const MOST_DAYS = 30

Page({
  data: {
    texts: TEXTS.home,
    /** What is wrong with the destination, below its field. */
    cityNotice: '',
    /** Why no cloud call can succeed. */
    problem: '',
    /** Why the last save did not succeed. */
    notice: '',
    isLoggedIn: false,
    accountLabel: TEXTS.home.login,
    loggingIn: false,
    city: '',
    days: 3,
    saving: false,
    isFavourite: false,
    marking: false,
  },
  /** Of the draft on the screen: made for its first save, dropped when it changes or is saved. */
  draftKey: '',
  stopListening: () => {},
  /** Of this page from `onLoad` on. */
  heart: {} as FavouriteHeart,

  onLoad() {
    const problem = cloudProblem()
    if (problem) this.setData({ problem: ERROR_TEXTS[problem] })
    this.show(getSession())
    this.stopListening = onSessionChange((state) => this.show(state))
    this.heart = new FavouriteHeart(this, TEXTS.favourites)
    this.heart.start()
  },

  onReady() {
    showTitle(TEXTS.home.title)
  },

  onShow() {
    const planned = takePlannedDestination()
    if (planned) this.change(planned)
    this.heart.refresh()
  },

  onUnload() {
    this.stopListening()
    this.heart.stop()
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
    this.setData({ ...draft, notice: '', cityNotice: '' })
    this.heart.refresh()
  },

  async onSave() {
    if (this.data.saving) return
    if (!this.requireCity()) return
    this.setData({ saving: true, notice: '' })
    try {
      await requireLogin(() => this.save())
    } finally {
      this.setData({ saving: false })
    }
  },

  async save() {
    this.draftKey = this.draftKey || newDocumentKey()
    this.setData({ saving: true })
    const key = this.draftKey
    const isCurrent = sameLogin()
    const outcome = await saveTrip({ city: this.data.city.trim(), days: this.data.days, key })
    this.setData({ saving: false })
    if (outcome.ok) {
      // The user may have typed another draft meanwhile.
      if (this.draftKey === key) this.draftKey = ''
      wx.showToast({ title: TEXTS.home.saved, icon: 'success' })
    } else if (outcome.failure === 'SIGNED_OUT') {
      // The login page is open; the save goes on after it.
      continueAfterLogin(() => this.save())
    } else if (isCurrent() || outcome.failure === 'ACCOUNT_DISABLED') {
      // ACCOUNT_DISABLED ended this login, and is shown here.
      this.setData({ notice: ERROR_TEXTS[outcome.failure] })
    }
  },

  onHeart() {
    if (this.requireCity()) this.heart.tap()
  },

  /** Says so below the field. */
  requireCity(): boolean {
    const isGiven = this.data.city.trim() !== ''
    this.setData({ cityNotice: isGiven ? '' : TEXTS.home.cityMissing })
    return isGiven
  },

  onTile(event: WechatMiniprogram.BaseEvent) {
    const { page } = event.currentTarget.dataset
    requireLogin(() => openPage(page, this.route))
  },

  onTrips() {
    requireLogin(() => openPage('/pages/trips/trips', this.route))
  },

  async onAccount() {
    if (this.data.isLoggedIn) return openAccountPage(this.route)
    if (this.data.loggingIn) return
    this.setData({ loggingIn: true })
    await login()
    this.setData({ loggingIn: false })
  },
})
