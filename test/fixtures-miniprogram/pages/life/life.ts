Page({
  data: { log: [] as string[] },
  say(text: string) {
    this.setData({ log: [...this.data.log, text] })
  },
  onLoad(query: Record<string, string>) {
    this.say(`load ${JSON.stringify(query)}`)
  },
  onShow() {
    this.say('show')
  },
  onReady() {
    this.say('ready')
  },
  onHide() {
    this.say('hide')
  },
  onUnload() {
    wx.setStorageSync('unloaded', true)
  },
  onPullDownRefresh() {
    this.say('refresh')
    wx.stopPullDownRefresh()
  },
  onReachBottom() {
    this.say('bottom')
  },
  onShareAppMessage() {
    return { title: '分享' }
  },
  onAgain() {
    wx.navigateTo({ url: 'life?n=2' })
  },
  onRedirect() {
    wx.redirectTo({ url: '/pages/form/form' })
  },
  onStack() {
    const { launches } = getApp<{ launches: string[] }>()
    const routes = getCurrentPages().map((page) => page.route.split('/')[1])
    this.say(`${routes.join(' > ')} | ${launches.join(', ')}`)
  },
})
