const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const tickets = db.collection('tickets')

exports.main = async ({ id, stars }) => {
  await tickets.doc(id).update({ data: { stars } })
  return { ok: true, data: (await tickets.doc(id).get()).data }
}
