import type { MuseumApp } from '../../../app'
import { ERROR_TEXTS, requireLogin } from '../../../auth/index'
import { collect } from '../../services/collect'

const { halls } = getApp<MuseumApp>().globalData

Page({
  data: { id: '', title: '', message: '' },

  onLoad({ id }) {
    const exhibit = halls.find(id)
    if (exhibit) this.setData(exhibit)
  },

  onCollect() {
    requireLogin(async () => {
      const outcome = await collect(this.data.id)
      this.setData({ message: outcome.ok ? `已收藏 ${outcome.data.count} 件` : ERROR_TEXTS[outcome.failure] })
    })
  },
})
