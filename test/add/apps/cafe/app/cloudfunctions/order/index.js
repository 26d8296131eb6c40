// 云函数入口文件
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

// 云函数入口函数
exports.main = async (event, context) => {
  const { OPENID } = cloud.getWXContext()
  switch (event.action) {
    case 'place': {
      const { total } = await db.collection('orders').count()
      const number = 100 + total
      await db.collection('orders').add({ data: { openid: OPENID, cart: event.cart, number, at: db.serverDate() } })
      return { number }
    }
    default:
      return { error: 'unknown action' }
  }
}
