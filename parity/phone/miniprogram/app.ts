App({
  onLaunch() {
    // Without an environment's name: the mini-program's default one. The page shows what the cloud answers then.
    wx.cloud.init()
  },
})
