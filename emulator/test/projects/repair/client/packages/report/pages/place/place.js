Page({
  data: { places: ['操场', '图书馆'] },
  choose({ target }) {
    this.getOpenerEventChannel().emit('chosen', { place: target.dataset.place })
    wx.navigateBack()
  }
})
