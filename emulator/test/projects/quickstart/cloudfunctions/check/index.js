const cloud = require('wx-server-sdk')
cloud.init()

exports.main = async (event) => {
  try {
    const result = await cloud.openapi.security.msgSecCheck({ content: event.text })
    return { safe: result.errCode === 0 }
  } catch (err) {
    return { safe: false, errCode: err.errCode }
  }
}
