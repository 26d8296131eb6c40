//app.js
App({
  onLaunch: function () {
    wx.cloud.init({
      traceUser: true
    })
    this.globalData = {
      board: 'main'
    }
  },
  onError: function (text) {
    console.log('app error', text)
  }
})
