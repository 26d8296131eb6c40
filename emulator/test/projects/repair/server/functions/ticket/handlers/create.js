const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const tickets = db.collection('tickets')

exports.main = async ({ ticket }) => {
  const { OPENID } = cloud.getWXContext()
  const { _id } = await tickets.add({
    data: { ...ticket, owner: OPENID, status: 'open', stars: 0, createdAt: db.serverDate() }
  })
  return { ok: true, data: { _id } }
}
