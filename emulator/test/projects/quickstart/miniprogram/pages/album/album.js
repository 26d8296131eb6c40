const app = getApp()
Page({
  data: { fileID: '', imgUrl: '', link: '' },
  onLoad: function () {
    const { fileID, imagePath } = app.globalData
    this.setData({ fileID: fileID || '', imgUrl: imagePath || '' })
    if (!fileID) return
    wx.cloud.getTempFileURL({
      fileList: [fileID],
      success: res => this.setData({ link: res.fileList[0].tempFileURL ? '有链接' : '没有链接' })
    })
  },
  preview: function () {
    wx.previewImage({ urls: [this.data.imgUrl], current: this.data.imgUrl })
  }
})
