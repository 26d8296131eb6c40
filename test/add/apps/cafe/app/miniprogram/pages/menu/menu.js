const app = getApp()

Page({
  data: {
    drinks: [],
    count: 0,
    message: ''
  },

  onLoad() {
    const drinks = app.globalData.drinks.map((drink) => Object.assign({ yuan: (drink.price / 100).toFixed(2) }, drink))
    this.setData({ drinks })
  },

  onCount(e) {
    const { cart } = app.globalData
    cart[e.currentTarget.dataset.id] = e.detail
    const count = Object.keys(cart).reduce((sum, id) => sum + cart[id], 0)
    this.setData({ count })
  },

  onOrder() {
    wx.cloud
      .callFunction({ name: 'order', data: { action: 'place', cart: app.globalData.cart } })
      .then(({ result }) => this.setData({ message: '已下单，取餐号 ' + result.number }))
  }
})
