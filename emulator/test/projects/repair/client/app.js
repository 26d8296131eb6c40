const request = require('./utils/request')

App({
  onLaunch() {
    wx.cloud.init({ env: 'repair-1a2b3c' })
    this.ready = request.call('user', { type: 'profile' }).then((user) => {
      this.globalData.user = user
      return user
    })
  },
  globalData: { user: null }
})
