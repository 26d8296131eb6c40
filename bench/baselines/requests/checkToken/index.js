// 只向云端发出 checkToken 那一个请求，别的什么也不做：衡量 SDK 和云端本身要用多久
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

exports.main = async () => {
  const { OPENID } = cloud.getWXContext()
  await db.collection('users').doc(OPENID).get()
  return { code: 0 }
}
