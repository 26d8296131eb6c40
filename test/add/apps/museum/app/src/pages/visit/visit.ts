Page({
  data: { message: '' },

  onReserve() {
    this.setData({ message: '请到售票处预约' })
  },
})
