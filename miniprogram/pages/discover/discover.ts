import { openPage, showTitle } from '../../auth/index'
import { emptyList, listPage } from '../../services/owned-list'
import type { Recommendation } from '../../services/recommendation-rules'
import { recommendations } from '../../services/recommendations'
import { TEXTS } from '../../texts'

Page({
  ...listPage(recommendations),
  data: { texts: TEXTS.discover, ...emptyList<Recommendation>() },

  onReady() {
    showTitle(TEXTS.discover.title)
  },

  onOpen(event: WechatMiniprogram.BaseEvent) {
    const city = encodeURIComponent(event.currentTarget.dataset['city'])
    openPage(`/pages/destination/destination?city=${city}`, this.route)
  },
})
