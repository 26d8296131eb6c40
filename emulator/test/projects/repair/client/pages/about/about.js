Page({
  data: { phones: ['一号楼', '二号楼', '三号楼'] },
  back() {
    wx.navigateBack()
  }
})
