// 云函数入口文件
const cloud = require('wx-server-sdk')

cloud.init()
const db = cloud.database()
const _ = db.command

// 云函数入口函数
exports.main = async (event, context) => {
  await db.collection('messages').doc(event.id).update({
    data: { likes: _.inc(1) }
  })
  const { data } = await db.collection('messages').doc(event.id).get()
  return { likes: data.likes }
}
