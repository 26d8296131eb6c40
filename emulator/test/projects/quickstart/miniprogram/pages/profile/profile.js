const app = getApp()
Page({
  data: { openid: '', nickname: '', sum: 0 },
  onLoad: function (options) {
    this.setData({ openid: app.globalData.openid })
  },
  getProfile() {
    wx.getUserProfile({
      desc: '用于完善会员资料',
      success: (res) => this.setData({ nickname: res.userInfo.nickName })
    })
  },
  sum: function () {
    wx.cloud.callFunction({
      name: 'sum',
      data: { a: 1, b: 2 },
      success: res => this.setData({ sum: res.result.sum }),
      fail: console.error
    })
  }
})
