import { habitStore } from './stores/habit-store'

App<AppOption>({
  globalData: { launchedAt: 0 },

  async onLaunch() {
    wx.cloud.init({ env: 'habits-4d5e6f' })
    this.globalData.launchedAt = Date.now()
    const launches = wx.getStorageSync<number[]>('launches') || []
    wx.setStorageSync('launches', [this.globalData.launchedAt, ...launches])
    await habitStore.load()
  },
})
