import { confirm, openPage, showTitle } from '../../auth/index'
import type { FavouriteView } from '../../services/favourites'
import { favourites } from '../../services/favourites'
import { emptyList, listPage } from '../../services/owned-list'
import { TEXTS } from '../../texts'

Page({
  ...listPage(favourites),
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

  async onRemove(event: WechatMiniprogram.BaseEvent) {
    const item = this.data.items.find(({ id }) => id === event.currentTarget.dataset['id'])
    if (!item || this.data.removing !== '') return
    const { removeQuestion: title, removeConfirm: confirmText, removed } = TEXTS.favourites
    if (await confirm({ title, content: item.city, confirmText, isDangerous: true })) {
      await this.list.remove(item.id, removed)
    }
  },
})
