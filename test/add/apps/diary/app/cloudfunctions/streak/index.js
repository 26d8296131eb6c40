const cloud = require('wx-server-sdk')
cloud.init()

exports.main = async function (event, context) {
    const { OPENID } = cloud.getWXContext()
    const { data } = await cloud.database().collection('entries').where({ _openid: OPENID }).get()
    return { days: data.length }
}
