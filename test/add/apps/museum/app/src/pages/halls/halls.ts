import type { MuseumApp } from '../../app'

const { halls } = getApp<MuseumApp>().globalData

Page({
  data: { exhibits: halls.all },

  onOpen(event: WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { id: string }>) {
    wx.navigateTo({ url: `/exhibits/pages/exhibit/exhibit?id=${event.currentTarget.dataset.id}` })
  },
})
