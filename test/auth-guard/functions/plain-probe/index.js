// Shows what the guard passes on, and fails in each way that a function can.
const cloud = require('wx-server-sdk')
const { guarded, Refusal } = require('./auth-guard')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const SECRET = 'number 13800138000'

const CASES = {
  echo: (event, login) => ({ event, login }),
  nothing: () => undefined,
  error: () => {
    throw new Error(SECRET)
  },
  rejection: () => Promise.reject(new TypeError(SECRET)),
  text: () => Promise.reject(SECRET),
  object: () => Promise.reject({ message: SECRET, code: 200, data: SECRET }),
  null: () => Promise.reject(null),
  database: () =>
    cloud
      .database()
      .collection('nowhere')
      .add({ data: { text: SECRET } }),
  circular: () => {
    const result = { text: SECRET }
    result.self = result
    return result
  },
  json: () => ({
    toJSON() {
      throw new Error(SECRET)
    },
  }),
  reason: () => {
    throw new Refusal('TOKEN_EXPIRED')
  },
  refusal: () => {
    throw new Refusal('RATE_LIMITED', { message: '今天已经够多了', retryAfterSeconds: 60, log: 'noted' })
  },
  missing: () => {
    throw new Refusal('NOT_FOUND')
  },
}

exports.main = guarded((event, login) => CASES[event.do](event, login))
