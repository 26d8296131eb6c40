import { goHome, showTitle } from '../../auth/index'
import { emptyList, listPage } from '../../services/owned-list'
import type { TripView } from '../../services/trips'
import { savedTrips } from '../../services/trips'
import { TEXTS } from '../../texts'

Page({
  ...listPage(savedTrips, { ...TEXTS.undoBar, removed: TEXTS.trips.removed, nameOf: ({ city }) => city }),
  data: { texts: TEXTS.trips, units: TEXTS.home, ...emptyList<TripView>() },

  onReady() {
    showTitle(TEXTS.trips.title)
  },

  onPlan() {
    goHome()
  },
})
