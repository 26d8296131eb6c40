const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const _ = db.command
const habits = db.collection('habits')

const types = {
  async list({ openid }) {
    const { data } = await habits.where({ openid }).get()
    return data
  },
  async add({ openid, habit }) {
    const { _id } = await habits.add({ data: { ...habit, openid, days: [] } })
    return { ...habit, _id, days: [] }
  },
  async checkIn({ openid, id, day }) {
    await habits.where({ _id: id, openid }).update({ data: { days: _.addToSet(day) } })
    const { data } = await habits.doc(id).get()
    return data
  },
}

exports.main = async ({ type, ...event }) => {
  const openid = cloud.getWXContext().OPENID
  try {
    return { errCode: 0, errMsg: '', data: await types[type]({ ...event, openid }) }
  } catch (error) {
    return { errCode: -1, errMsg: error.message, data: null }
  }
}
