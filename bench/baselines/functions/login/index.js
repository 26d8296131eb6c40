// 云函数 login，照现在常见的写法：手机号登录，签发 30 天的 token
const cloud = require('wx-server-sdk')
const jwt = require('jsonwebtoken')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

const SECRET = process.env.JWT_SECRET || 'my-secret'

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  try {
    // 用 code 换取手机号
    const res = await cloud.openapi.phonenumber.getPhoneNumber({ code: event.code })
    const phone = res.phoneInfo.phoneNumber

    // 查找用户，没有就新建
    const users = db.collection('users')
    const { data } = await users.where({ openid: OPENID }).get()
    let user = data[0]
    if (user) {
      await users.doc(user._id).update({ data: { phone, lastLoginTime: db.serverDate() } })
    } else {
      user = { openid: OPENID, phone, nickName: '微信用户', avatarUrl: '' }
      const { _id } = await users.add({
        data: { ...user, createTime: db.serverDate(), lastLoginTime: db.serverDate() },
      })
      user._id = _id
    }

    const token = jwt.sign({ userId: user._id, openid: OPENID }, SECRET, { expiresIn: '30d' })
    return { code: 0, message: '登录成功', data: { token, userInfo: { ...user, phone } } }
  } catch (err) {
    console.error(err)
    return { code: -1, message: err.message }
  }
}
