// As an app may have it: plain JavaScript, several actions, its own SDK and collection.
const cloud = require('wx-server-sdk')
const { guarded, Refusal } = require('./auth-guard')

// An environment of its own: the guard must not replace it.
cloud.init({ env: 'notes-environment' })
const notes = cloud.database().collection('plain_notes')

const MAXIMUM_NOTES = 3

exports.main = guarded(async (event, { userId, ownership }) => {
  if (event.action === 'add') return add(event, userId, ownership)
  if (event.action === 'list') return { notes: (await notes.where({ userId }).get()).data }
  throw new Refusal('BAD_REQUEST', { field: 'action' })
})

async function add({ text }, userId, ownership) {
  if (typeof text !== 'string' || text.length > 100) throw new Refusal('BAD_REQUEST', { field: 'text' })
  const { total } = await notes.where({ userId }).count()
  if (total >= MAXIMUM_NOTES) throw new Refusal('LIMIT_REACHED', { message: '笔记已满，请先删除一些' })
  const { _id } = await notes.add({ data: { ...ownership, text, createdAt: new Date() } })
  return { id: _id }
}
