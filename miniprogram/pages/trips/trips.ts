import { checkLogin, onSessionChange, requireLogin } from '../../services/session'
import type { TripView } from '../../services/trips'
import { listTrips, viewTrip } from '../../services/trips'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

Page({
  data: {
    texts: TEXTS.trips,
    daysUnit: TEXTS.home.daysUnit,
    isLoggedIn: true,
    asking: false,
    trips: [] as TripView[],
    /** Of the next page; empty when there is none. */
    cursor: '',
    loading: false,
    notice: '',
  },
  stopListening: () => {},

  async onLoad() {
    this.stopListening = onSessionChange(({ isLoggedIn }) => {
      const changed = isLoggedIn !== this.data.isLoggedIn
      // Another login may be another account: nothing of the last one stays on the screen.
      if (changed) this.setData({ isLoggedIn, trips: [], cursor: '', notice: '' })
      if (changed && isLoggedIn) this.load()
    })
    const isLoggedIn = await checkLogin()
    this.setData({ isLoggedIn })
    if (isLoggedIn) await this.load()
  },

  onUnload() {
    this.stopListening()
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

  async onLogin() {
    this.setData({ asking: true })
    await requireLogin(() => {})
    this.setData({ asking: false })
  },

  onPlan() {
    wx.reLaunch({ url: '/pages/index/index' })
  },

  /** @param cursor absent for the first page, which takes the place of what is shown */
  async load(cursor?: string) {
    if (this.data.loading) return
    this.setData({ loading: true, notice: '' })
    const outcome = await listTrips(cursor)
    this.setData({ loading: false })
    if (outcome.ok) {
      const page = outcome.data.trips.map(viewTrip)
      const trips = cursor === undefined ? page : [...this.data.trips, ...page]
      this.setData({ trips, cursor: outcome.data.nextCursor ?? '' })
    } else if (this.data.isLoggedIn) {
      this.setData({ notice: ENDING_TEXTS[outcome.failure] })
    }
  },
})
