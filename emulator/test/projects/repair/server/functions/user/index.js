const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

exports.main = async ({ type }) => {
  const { OPENID } = cloud.getWXContext()
  if (type !== 'profile') return { ok: false, message: '未知操作' }
  const users = db.collection('users')
  const { data } = await users.where({ openid: OPENID }).get()
  if (data.length > 0) return { ok: true, data: data[0] }
  const user = { openid: OPENID, role: 'student', createdAt: db.serverDate() }
  const { _id } = await users.add({ data: user })
  return { ok: true, data: { _id, openid: OPENID, role: 'student' } }
}
