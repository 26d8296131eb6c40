const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const tickets = db.collection('tickets')

exports.main = async ({ status, keyword }) => {
  const { OPENID } = cloud.getWXContext()
  const condition = { owner: OPENID, status }
  if (keyword) condition.text = db.RegExp({ regexp: keyword })
  const { data } = await tickets.where(condition).orderBy('createdAt', 'desc').get()
  return { ok: true, data }
}
