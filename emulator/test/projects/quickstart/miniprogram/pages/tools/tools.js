Page({
  data: { answer: '', box: {} },
  onReady: function () {
    this.animation = wx.createAnimation({ duration: 200, timingFunction: 'ease' })
  },
  move: function () {
    this.animation.translateX(30).rotate(10).step()
    this.setData({ box: this.animation.export() })
  },
  call: function (e) {
    var that = this
    wx.cloud.callFunction({ name: e.currentTarget.dataset.name, data: { text: '你好' } }).then(function (res) {
      that.setData({ answer: JSON.stringify(res.result) })
    }).catch(function (err) {
      that.setData({ answer: err.errMsg })
    })
  },
  size: function () {
    wx.createSelectorQuery().select('#box').boundingClientRect(rect => {
      this.setData({ answer: 'wide ' + (rect.width > 0) })
    }).exec()
  }
})
