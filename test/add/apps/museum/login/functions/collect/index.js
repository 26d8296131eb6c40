'use strict'
const cloud = require('wx-server-sdk')
const { guarded } = require('./auth-guard')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = guarded(async ({ exhibit }, { userId }) => {
  const collected = cloud.database().collection('collected')
  await collected.doc(`${userId}-${exhibit}`).set({ data: { owner: userId, exhibit } })
  const { total } = await collected.where({ owner: userId }).count()
  return { count: total }
})
