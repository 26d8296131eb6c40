// 所有云函数都从这里调用
const call = (name, data = {}) => new Promise((resolve, reject) => {
  wx.cloud.callFunction({
    name,
    data,
    success: ({ result }) => {
      if (result && result.ok) resolve(result.data)
      else reject(new Error((result && result.message) || '网络开小差了'))
    },
    fail: reject
  })
})

exports.call = call
