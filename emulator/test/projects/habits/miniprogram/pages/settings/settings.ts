import { themeBehavior } from '@/behaviors/theme'

Page({
  behaviors: [themeBehavior],
  data: { hasReminder: false, hour: '20:00', theme: 'light' },

  onShow() {
    this.getTabBar().setData({ selected: 2 })
  },

  onReminder({ detail }: WechatMiniprogram.SwitchChange) {
    this.setData({ hasReminder: detail.value })
    wx.setStorage({ key: 'reminder', data: detail.value })
  },

  openLogs() {
    wx.navigateTo({ url: '/pages/logs/logs' })
  },
})
