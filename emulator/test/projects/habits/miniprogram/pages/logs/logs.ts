Page({
  data: { logs: [] as { at: string; index: number }[] },
  onLoad() {
    const launches: number[] = wx.getStorageSync('launches') ?? []
    this.setData({ logs: launches.map((at, index) => ({ index: index + 1, at: new Date(at).toISOString().slice(0, 10) })) })
  },
})
