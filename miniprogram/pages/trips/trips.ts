import { confirm, goHome, showTitle } from '../../auth/index'
import { emptyList, listPage } from '../../services/owned-list'
import type { TripView } from '../../services/trips'
import { savedTrips } from '../../services/trips'
import { TEXTS } from '../../texts'

Page({
  ...listPage(savedTrips),
  data: { texts: TEXTS.trips, units: TEXTS.home, ...emptyList<TripView>() },

  onReady() {
    showTitle(TEXTS.trips.title)
  },

  onPlan() {
    goHome()
  },

  async onRemove(event: WechatMiniprogram.BaseEvent) {
    const trip = this.data.items.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!trip || this.data.removing !== '') return
    const { removeQuestion: title, removeConfirm: confirmText, removed } = TEXTS.trips
    const { dayUnit, daysUnit } = TEXTS.home
    const content = `${trip.city} ${trip.days} ${trip.days === 1 ? dayUnit : daysUnit}`
    if (await confirm({ title, content, confirmText, isDangerous: true })) {
      await this.list.remove(trip.id, removed)
    }
  },
})
