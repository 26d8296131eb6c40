var app = getApp()

Page({
    data: {
        text: '',
        message: ''
    },
    onInput: function (e) {
        this.data.text = e.detail.value
    },
    onSave: function () {
        app.db.collection('entries').add({ data: { text: this.data.text } }).then(function () {
            wx.navigateBack()
        })
    }
})
