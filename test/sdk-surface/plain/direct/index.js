/** A function on @cloudbase/node-sdk alone, as CloudBase's own pages write one. Answers what each call gave or threw. */
const tcb = require('@cloudbase/node-sdk')

const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })
const db = app.database()
const _ = db.command
const places = () => db.collection('places')
const FILE = { cloudPath: 'plain/a.txt', fileContent: Buffer.from('text') }

const steps = {
  createCollection: () => db.createCollection('places'),
  createCollectionAgain: () => db.createCollection('places'),
  add: () => places().add({ _id: 'a', days: 3, tags: ['x'], at: new Date(0) }),
  addTwice: () => places().add({ _id: 'a' }),
  get: async () => (await places().doc('a').get()).data,
  getMissing: async () => (await places().doc('none').get()).data,
  update: async () =>
    (
      await places()
        .doc('a')
        .update({ days: _.inc(2), tags: _.push(['y']) })
    ).updated,
  where: async () =>
    (
      await places()
        .where({ days: _.gt(4) })
        .orderBy('days', 'desc')
        .limit(1)
        .get()
    ).data.length,
  count: async () => (await places().count()).total,
  aggregate: async () => {
    const sum = db.command.aggregate.sum('$days')
    return (await places().aggregate().group({ _id: null, sum }).end()).data
  },
  transaction: () =>
    db.runTransaction(async (transaction) => {
      await transaction
        .collection('places')
        .doc('a')
        .update({ days: _.inc(1) })
      return 'done'
    }),
  remove: async () => (await places().doc('a').remove()).deleted,
  callFunction: async () => (await app.callFunction({ name: 'direct', data: { echo: 7 } })).result,
  callMissingFunction: () => app.callFunction({ name: 'none' }),
  uploadFile: async () => typeof (await app.uploadFile(FILE)).fileID,
  downloadFile: async () => {
    const { fileID } = await app.uploadFile(FILE)
    return String((await app.downloadFile({ fileID })).fileContent)
  },
  deleteFile: async () => {
    const { fileID } = await app.uploadFile(FILE)
    return (await app.deleteFile({ fileList: [fileID] })).fileList[0].code
  },
  openid: () => app.auth().getUserInfo().openId,
}

exports.main = async (event) => {
  if ('echo' in event) return event.echo
  const outcomes = {}
  for (const [name, step] of Object.entries(steps)) {
    try {
      outcomes[name] = { given: await step() }
    } catch (error) {
      outcomes[name] = { thrown: error.code ?? error.message }
    }
  }
  return { outcomes, sdk: require('@cloudbase/node-sdk/package.json').version }
}
