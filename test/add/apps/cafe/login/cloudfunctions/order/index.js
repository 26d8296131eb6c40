// 云函数入口文件
const cloud = require('wx-server-sdk')
const { guarded } = require('./auth-guard')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

// 云函数入口函数
exports.main = guarded(async (event, { userId }) => {
  switch (event.action) {
    case 'place': {
      const { total } = await db.collection('orders').count()
      const number = 100 + total
      await db.collection('orders').add({ data: { userId, cart: event.cart, number, at: db.serverDate() } })
      return { number }
    }
    default:
      return { error: 'unknown action' }
  }
})
