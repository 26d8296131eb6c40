/**
 * Calls everything of wx-server-sdk that functions use, and what else a deferred module belongs to, in a fixed order.
 * Run from the unbundled SDK and from a function's folder, it must send the same requests and hear the same answers.
 */
import cloud from 'wx-server-sdk'

interface Event {
  /** Given back, for `callFunction` to have a function to call. */
  echo?: unknown
  phoneCode?: string
  cloudId?: string
}

type Step = (event: Event) => unknown

// The SDK's own typings lack much of what it can do.
const sdk = cloud as unknown as Sdk
// biome-ignore lint/suspicious/noExplicitAny: a script of calls, held against itself
type Sdk = any

sdk.init({ env: sdk.DYNAMIC_CURRENT_ENV })
const database: Sdk = sdk.database({ throwOnNotFound: false })
const _ = database.command
const trips = () => database.collection('trips')
const at = new Date(Date.UTC(2026, 10, 1))

const databaseSteps: Record<string, Step> = {
  createCollection: () => database.createCollection('trips'),
  createCollectionAgain: () => database.createCollection('trips'),
  add: () =>
    trips().add({
      data: {
        _id: 'a',
        at,
        days: 3,
        tags: ['x'],
        place: database.Geo.Point(100.2, 25.6),
        big: 2 ** 40,
        half: 0.5,
      },
    }),
  addServerDate: () =>
    trips().add({ data: { _id: 'b', days: 4, at: database.serverDate({ offset: 1000 }) } }),
  addTwice: () => trips().add({ data: { _id: 'a' } }),
  addWhereNoCollectionIs: () => database.collection('nowhere').add({ data: { _id: 'a' } }),
  get: () => trips().doc('a').get(),
  getWithout: () => trips().doc('a').field({ days: false }).get(),
  getMissing: () => trips().doc('missing').get(),
  getMissingThrows: () => sdk.database().collection('trips').doc('missing').get(),
  getNothing: () => trips().doc(undefined).get(),
  update: () =>
    trips()
      .doc('a')
      .update({ data: { days: _.inc(1), 'nested.deep': true, tags: _.push(['y']) } }),
  updateMissing: () =>
    trips()
      .doc('missing')
      .update({ data: { days: 1 } }),
  updateNothing: () => trips().doc('a').update({ data: {} }),
  updateId: () =>
    trips()
      .doc('a')
      .update({ data: { _id: 'z' } }),
  set: () =>
    trips()
      .doc('c')
      .set({ data: { days: 5, text: /a+/i } }),
  where: () =>
    trips()
      .where(_.or([{ days: _.gt(3).and(_.lt(9)) }, { text: database.RegExp({ regexp: 'a', options: 'i' }) }]))
      .orderBy('days', 'desc')
      .skip(1)
      .limit(2)
      .field({ days: true })
      .get(),
  whereNothing: () => trips().where({ days: undefined }).get(),
  count: () =>
    trips()
      .where({ days: _.in([4, 5]) })
      .count(),
  whereUpdate: () =>
    trips()
      .where({ _id: 'a', tags: _.all(['x']) })
      .update({ data: { tags: _.pull('x') } }),
  whereUpdateBadly: () =>
    trips()
      .where({ _id: 'a' })
      .update({ data: { tags: _.inc(1) } }),
  pushEach: () =>
    trips()
      .where({ _id: 'a' })
      .update({ data: { log: _.push({ each: [{ at }], slice: -2 }) } }),
  aggregate: () =>
    trips()
      .aggregate()
      .match({ days: _.gte(4) })
      .group({ _id: null, days: database.command.aggregate.sum('$days') })
      .end(),
  aggregateBadly: () =>
    trips()
      .aggregate()
      .match({ days: { $nonsense: 1 } })
      .end(),
  transaction: () =>
    database.runTransaction(async (transaction: Sdk) => {
      const { data } = await transaction.collection('trips').doc('a').get()
      await transaction
        .collection('trips')
        .doc('a')
        .update({ data: { days: data.days + 1 } })
      await transaction.collection('trips').add({ data: { _id: 'd' } })
      return data.days
    }),
  transactionRolledBack: () =>
    database.runTransaction(async (transaction: Sdk) => {
      await transaction
        .collection('trips')
        .doc('a')
        .set({ data: { gone: true } })
      await transaction.rollback('reason')
    }),
  remove: () => trips().doc('b').remove(),
  removeMissing: () => trips().doc('b').remove(),
  whereRemove: () =>
    trips()
      .where({ days: _.exists(true) })
      .remove(),
}

const wechatSteps: Record<string, Step> = {
  context: () => sdk.getWXContext(),
  callFunction: () => sdk.callFunction({ name: 'surface', data: { echo: { at, nested: [1, null] } } }),
  callFunctionWithRetries: () =>
    sdk.callFunction({ name: 'surface', data: { echo: 1 }, retryOptions: { retries: 1 } }),
  callMissingFunction: () => sdk.callFunction({ name: 'missing', data: {} }),
  getPhoneNumber: ({ phoneCode }) =>
    sdk.openapi.phonenumber.getPhoneNumber({ code: phoneCode, openid: 'oSurface' }),
  getPhoneNumberAgain: ({ phoneCode }) => sdk.openapi.phonenumber.getPhoneNumber({ code: phoneCode }),
  getPhoneNumberByVersion: () => sdk.openapi({ version: 'v2' }).phonenumber.getPhoneNumber({ code: 'x' }),
  msgSecCheck: () =>
    sdk.openapi.security.msgSecCheck({
      content: '你好',
      version: 2,
      scene: 1,
      openid: 'oSurface',
      nickname: 'n',
    }),
  msgSecCheckBadly: () =>
    sdk.openapi.security.msgSecCheck({ content: '', version: 2, scene: 1, openid: 'o' }),
  bigNumbers: () =>
    sdk.openapi.security.msgSecCheck({ content: 'x', dataId: 1.5, list: [{ someKey: 2 ** 53 }] }),
  media: () =>
    sdk.openapi.security.imgSecCheck({ media: { contentType: 'image/png', value: Buffer.from('picture') } }),
  openapiUnknown: () => sdk.openapi.nothing.ofTheKind({}),
  callOpenAPI: () => sdk.callOpenAPI({ api: 'security.msgSecCheck', data: { content: 'x' } }),
  getOpenData: ({ cloudId }) => sdk.getOpenData({ list: [cloudId, 'bad'] }),
  getOpenDataOfNothing: () => sdk.getOpenData({ list: [] }),
  getVoIPSign: () => sdk.getVoIPSign({ groupId: 'g', timestamp: 1, nonce: 'n' }),
  cloudPay: () => sdk.cloudPay.unifiedOrder({ body: 'b', outTradeNo: '1', totalFee: 1 }),
  ai: () => typeof sdk.ai().createModel,
  log: () => sdk.logger?.(),
}

const FILE = 'avatars/一.png'
const fileId = () => `cloud://local-cloud.local-local-cloud/${FILE}`

const storageSteps: Record<string, Step> = {
  uploadFile: () => sdk.uploadFile({ cloudPath: FILE, fileContent: Buffer.from('picture') }),
  uploadRefused: () => sdk.uploadFile({ cloudPath: 'refused.png', fileContent: Buffer.from('picture') }),
  uploadBadPath: () => sdk.uploadFile({ cloudPath: '../up.png', fileContent: Buffer.from('picture') }),
  uploadText: () => sdk.uploadFile({ cloudPath: 'text.txt', fileContent: 'text' }),
  getTempFileURL: () =>
    sdk.getTempFileURL({ fileList: [fileId(), { fileID: fileId(), maxAge: 60 }, 'cloud://missing'] }),
  getTempFileUrlOfNothing: () => sdk.getTempFileURL({ fileList: [] }),
  downloadFile: async () => {
    const { fileContent } = await sdk.downloadFile({ fileID: fileId() })
    return String(fileContent)
  },
  downloadMissing: () => sdk.downloadFile({ fileID: 'cloud://missing' }),
  deleteFile: () => sdk.deleteFile({ fileList: [fileId()] }),
  deleteMissing: () => sdk.deleteFile({ fileList: [fileId()] }),
  deleteNothing: () => sdk.deleteFile({ fileList: [] }),
}

/** What a call gave or threw, as plain data. */
async function outcome(step: Step, event: Event): Promise<unknown> {
  try {
    return { given: await step(event) }
  } catch (error) {
    if (!(error instanceof Error)) return { thrown: error }
    return { thrown: { ...error, name: error.name, message: error.message } }
  }
}

export async function main(event: Event): Promise<unknown> {
  if ('echo' in event) return event.echo
  const outcomes: Record<string, unknown> = {}
  for (const [name, step] of Object.entries({ ...databaseSteps, ...wechatSteps, ...storageSteps })) {
    outcomes[name] = await outcome(step, event)
  }
  return outcomes
}
