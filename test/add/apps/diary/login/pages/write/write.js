var auth = require('../../auth/index')
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
        var page = this
        auth.requireLogin(function () {
            app.db.collection('entries').add({ data: { text: page.data.text } }).then(function () {
                return auth.callGuarded('streak', {})
            }).then(function (outcome) {
                page.setData({ message: outcome.ok ? '已连续写了 ' + outcome.data.days + ' 天' : auth.ERROR_TEXTS[outcome.failure] })
            })
        })
    }
})
