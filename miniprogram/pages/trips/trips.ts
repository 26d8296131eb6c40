import { confirm, goHome } from '../../auth/index'
import { emptyList, listPage } from '../../services/owned-list'
import type { TripView } from '../../services/trips'
import { savedTrips } from '../../services/trips'
import { TEXTS } from '../../texts'

Page({
  ...listPage(savedTrips),
  data: { texts: TEXTS.trips, daysUnit: TEXTS.home.daysUnit, ...emptyList<TripView>() },

  onPlan() {
    goHome()
  },

  async onRemove(event: WechatMiniprogram.BaseEvent) {
    const trip = this.data.items.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!trip || this.data.removing !== '') return
    const { removeQuestion: title, remove: confirmText, removed } = TEXTS.trips
    const content = `${trip.city} ${trip.days} ${TEXTS.home.daysUnit}`
    if (await confirm({ title, content, confirmText, isDangerous: true })) {
      await this.list.remove(trip.id, removed)
    }
  },
})
