// 没有登录检查的云函数：按 openid 读自己的笔记
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const notes = cloud.database().collection('notes')

exports.main = async () => {
  const { OPENID } = cloud.getWXContext()
  const { data } = await notes.where({ _openid: OPENID }).get()
  return { code: 0, message: '成功', data }
}
