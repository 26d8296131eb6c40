const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

const handlers = {
  list: require('./handlers/list').main,
  get: require('./handlers/get').main,
  create: require('./handlers/create').main,
  remove: require('./handlers/remove').main,
  finish: require('./handlers/finish').main,
  rate: require('./handlers/rate').main
}

exports.main = async (event, context) => {
  const handler = handlers[event.type]
  if (!handler) return { ok: false, message: '未知操作' }
  return handler(event, context)
}
