import { openPage, showTitle } from '../../auth/index'
import type { FavouriteView } from '../../services/favourites'
import { favourites } from '../../services/favourites'
import { emptyList, listPage } from '../../services/owned-list'
import { TEXTS } from '../../texts'

Page({
  ...listPage(favourites, {
    ...TEXTS.undoBar,
    removed: TEXTS.favourites.removed,
    nameOf: ({ city }) => city,
  }),
  data: { texts: TEXTS.favourites, ...emptyList<FavouriteView>() },

  onReady() {
    showTitle(TEXTS.favourites.title)
  },

  onOpen(event: WechatMiniprogram.BaseEvent) {
    const city = encodeURIComponent(event.currentTarget.dataset['city'])
    openPage(`/pages/destination/destination?city=${city}`, this.route)
  },

  onDiscover() {
    openPage('/pages/discover/discover', this.route)
  },
})
