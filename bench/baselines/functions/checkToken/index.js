// 云函数 checkToken，照现在常见的写法：验证 token，返回用户信息
const cloud = require('wx-server-sdk')
const jwt = require('jsonwebtoken')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

const SECRET = process.env.JWT_SECRET || 'my-secret'

exports.main = async (event) => {
  try {
    const { openid } = jwt.verify(event.token, SECRET)
    const { data } = await db.collection('users').where({ openid }).get()
    if (data.length === 0) return { code: 401, message: '用户不存在' }
    return { code: 0, message: 'token 有效', data: { userInfo: data[0] } }
  } catch (err) {
    console.error(err)
    return { code: 401, message: 'token 无效或已过期' }
  }
}
