import type { MuseumApp } from '../../../app'

const { halls } = getApp<MuseumApp>().globalData

Page({
  data: { id: '', title: '', message: '' },

  onLoad({ id }) {
    const exhibit = halls.find(id)
    if (exhibit) this.setData(exhibit)
  },

  onCollect() {
    this.setData({ message: '请到服务台办理' })
  },
})
