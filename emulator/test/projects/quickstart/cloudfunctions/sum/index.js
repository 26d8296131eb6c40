// 云函数入口函数
exports.main = (event, context) => {
  console.log(event)
  return {
    sum: event.a + event.b
  }
}
