/**
 * Registers a person with the number of a phone code, in the steps of a typical login: reads the user and counts the
 * call together, exchanges the code, then writes the user and a log entry together. A user that has appeared meanwhile
 * is updated and read again.
 */
import { randomBytes } from 'node:crypto'
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })
const database = cloud.database()
const [users, counters, logs] = ['users', 'counters', 'logs'].map((name) => database.collection(name))

export async function main({ phoneCode }: { phoneCode: string }): Promise<object> {
  const { OPENID = '' } = cloud.getWXContext()
  const calls = database.command.inc(1)
  await Promise.all([
    users?.where({ _id: OPENID }).get(),
    counters?.add({ data: { _id: randomBytes(8).toString('hex'), OPENID } }),
    counters?.doc(OPENID).update({ data: { calls } }),
  ])
  const { phoneInfo } = (await cloud.openapi['phonenumber']['getPhoneNumber']({ code: phoneCode })) as {
    phoneInfo: { purePhoneNumber: string }
  }
  const token = randomBytes(16).toString('base64url')
  const user = { phone: phoneInfo.purePhoneNumber, token }
  const [isNew] = await Promise.all([
    Promise.resolve(users?.add({ data: { _id: OPENID, ...user } })).then(
      () => true,
      () => false,
    ),
    logs?.add({ data: { _id: randomBytes(8).toString('hex'), OPENID } }),
  ])
  if (!isNew)
    await Promise.all([users?.doc(OPENID).update({ data: user }), users?.where({ _id: OPENID }).get()])
  return { token }
}
