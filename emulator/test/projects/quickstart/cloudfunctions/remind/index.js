const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event, context) => {
  const { OPENID } = cloud.getWXContext()
  return cloud.openapi.subscribeMessage.send({
    touser: OPENID,
    page: 'pages/index/index',
    data: { thing1: { value: '写日记' }, time2: { value: '2024-01-01 20:00' } },
    templateId: event.templateId,
    miniprogramState: 'developer'
  })
}
