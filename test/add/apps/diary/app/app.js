App({
    onLaunch: function () {
        wx.cloud.init({ traceUser: true })
        this.db = wx.cloud.database()
        this.globalData.launchedAt = Date.now()
    },
    globalData: {
        profile: null
    }
})
