// 同一个云函数，加上 auth-guard
const cloud = require('wx-server-sdk')
const { guarded } = require('./auth-guard')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const notes = cloud.database().collection('notes')

exports.main = guarded(async (_event, { userId }) => {
  const { data } = await notes.where({ userId }).get()
  return data
})
