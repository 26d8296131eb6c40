'use strict'
const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async ({ exhibit }) => {
  const { OPENID } = cloud.getWXContext()
  const collected = cloud.database().collection('collected')
  await collected.doc(`${OPENID}-${exhibit}`).set({ data: { owner: OPENID, exhibit } })
  const { total } = await collected.where({ owner: OPENID }).count()
  return { count: total }
}
