const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const tickets = db.collection('tickets')

exports.main = async ({ id }) => {
  const { OPENID } = cloud.getWXContext()
  const { stats } = await tickets.where({ _id: id, owner: OPENID }).remove()
  return { ok: stats.removed === 1, message: '没有这张报修单' }
}
