var app = getApp()

Page({
    data: {
        name: '你好',
        entries: []
    },
    onShow: function () {
        var page = this
        // 每个人一条资料，_openid 由云开发自动写入
        app.db.collection('users').get().then(function (res) {
            if (res.data.length === 0) {
                return app.db.collection('users').add({ data: { nickName: '小日记', visits: 1 } })
            }
            app.globalData.profile = res.data[0]
            page.setData({ name: res.data[0].nickName })
        })
        app.db.collection('entries').get().then(function (res) {
            page.setData({ entries: res.data })
        })
    },
    onWrite: function () {
        wx.navigateTo({ url: '/pages/write/write' })
    }
})
