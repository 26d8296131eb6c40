//app.js
const { DRINKS } = require('./utils/drinks')

App({
  globalData: {
    drinks: DRINKS,
    cart: {}
  },

  onLaunch: function () {
    if (!wx.cloud) {
      console.error('请使用 2.2.3 或以上的基础库以使用云能力')
      return
    }
    wx.cloud.init({
      env: 'cafe-8gk2p7q1a4d0f3e6',
      traceUser: true
    })
  }
})
