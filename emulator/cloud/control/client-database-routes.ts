import * as v from 'valibot'
import type { CloudServices } from '../cloud-services.ts'
import { type BodySchema, openidSchema, parse, type Routes } from './route.ts'

const requestInput = v.object({
  openid: openidSchema,
  action: v.picklist([
    'getDocument',
    'calculateDocument',
    'insertDocument',
    'modifyDocument',
    'removeDocument',
    'aggregateDocuments',
    'watchDocuments',
  ]),
  fields: v.record(v.string(), v.unknown()),
}) satisfies BodySchema<'POST database'>

const WRITES = new Set(['insertDocument', 'modifyDocument', 'removeDocument'])

/** `wx.cloud.database()`. Only a write that was done changes anything. */
async function handle({ clientDatabase, users, events }: CloudServices, input: unknown) {
  const request = parse(requestInput, input)
  users.touch(request.openid)
  const answer = await clientDatabase.handle(request)
  if (WRITES.has(request.action) && 'data' in answer) events.emit('database')
  return answer
}

export const clientDatabaseRoutes = {
  'POST database': { isQuiet: true, handle },
} satisfies Partial<Routes>
