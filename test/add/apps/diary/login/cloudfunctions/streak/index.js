const cloud = require('wx-server-sdk')
const { guarded } = require('./auth-guard')
cloud.init()

exports.main = guarded(async function (event, { userId }) {
    const { OPENID } = cloud.getWXContext()
    const { data } = await cloud.database().collection('entries').where({ _openid: OPENID }).get()
    await cloud.database().collection('streaks').doc(userId).set({ data: { days: data.length } })
    return { days: data.length }
})
