import { watchLogin } from '../../services/session'
import type { TripView } from '../../services/trips'
import { listTrips, onTripsChange, removeTrip, viewTrip } from '../../services/trips'
import { confirm } from '../../utils/confirm'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { goHome } from '../../utils/navigation'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

Page({
  data: {
    texts: TEXTS.trips,
    daysUnit: TEXTS.home.daysUnit,
    isLoggedIn: true,
    trips: [] as TripView[],
    /** Of the next page; empty when there is none. */
    cursor: '',
    /** From the start, until it is known whether there is anything to load. */
    loading: true,
    /** Id of the trip that is being removed. */
    removing: '',
    notice: '',
    /** Whether loading again may help against the notice. */
    canRetry: false,
  },
  stopListening: () => {},
  isShown: false,
  /** What is on the screen may no longer be what is saved. */
  isStale: false,
  /** Counts what was asked for: only the last answer counts. */
  asked: 0,

  onLoad() {
    const stopWatching = watchLogin((isLoggedIn) => {
      // Another login may be another account: nothing of the last one stays on the screen.
      this.setData({ isLoggedIn, trips: [], cursor: '', notice: '', removing: '', loading: isLoggedIn })
      this.isStale = false
      this.asked += 1
      if (isLoggedIn) this.fetch()
    })
    const stopNoticing = onTripsChange(() => {
      this.isStale = true
      this.refresh()
    })
    this.stopListening = () => {
      stopWatching()
      stopNoticing()
    }
  },

  onShow() {
    this.isShown = true
    this.refresh()
  },

  onHide() {
    this.isShown = false
  },

  onUnload() {
    this.stopListening()
  },

  /** A page in a tab lives on: what was saved elsewhere shows when it is seen again. */
  refresh() {
    if (this.isShown && this.isStale && this.data.isLoggedIn) this.fetch()
  },

  async onPullDownRefresh() {
    if (this.data.isLoggedIn) await this.load()
    wx.stopPullDownRefresh()
  },

  onReachBottom() {
    if (this.data.cursor !== '') this.load(this.data.cursor)
  },

  onRetry() {
    this.load(this.data.cursor === '' ? undefined : this.data.cursor)
  },

  onPlan() {
    goHome()
  },

  async onRemove(event: WechatMiniprogram.BaseEvent) {
    const trip = this.data.trips.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!trip || this.data.removing !== '') return
    const { removeQuestion: title, remove: confirmText } = TEXTS.trips
    const content = `${trip.city} ${trip.days} ${TEXTS.home.daysUnit}`
    if (await confirm({ title, content, confirmText, isDangerous: true })) await this.remove(trip.id)
  },

  async remove(id: string) {
    if (this.data.removing !== '') return
    this.setData({ removing: id, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await removeTrip(id).catch(() => failed('BROKEN_ANSWER'))
    if (!isCurrent()) return
    this.setData({ removing: '' })
    if (!outcome.ok) {
      this.setData({ notice: ENDING_TEXTS[outcome.failure], canRetry: false })
      return
    }
    const trips = this.data.trips.filter((trip) => trip.id !== id)
    this.setData({ trips })
    wx.showToast({ title: TEXTS.trips.removed, icon: 'success' })
    // A list that is on its way may be from before.
    if (this.data.loading) this.fetch()
    else if (trips.length === 0 && this.data.cursor !== '') this.load(this.data.cursor)
  },

  /** @param cursor absent for the first page, which takes the place of what is shown */
  async load(cursor?: string) {
    if (!this.data.loading) await this.fetch(cursor)
  },

  async fetch(cursor?: string) {
    if (cursor === undefined) this.isStale = false
    this.asked += 1
    const number = this.asked
    this.setData({ loading: true, notice: '' })
    const outcome = await listTrips(cursor).catch(() => failed('BROKEN_ANSWER'))
    if (number !== this.asked || !this.data.isLoggedIn) return
    this.setData({ loading: false })
    if (outcome.ok) {
      const page = outcome.data.trips.map(viewTrip)
      const trips = cursor === undefined ? page : [...this.data.trips, ...page]
      const { nextCursor = '' } = outcome.data
      this.setData({ trips, cursor: nextCursor })
      // A page may be empty though more follow.
      if (page.length === 0 && nextCursor !== '') await this.fetch(nextCursor)
    } else {
      this.setData({ notice: ENDING_TEXTS[outcome.failure], canRetry: true })
    }
  },
})
