import * as v from 'valibot'
import { type BodySchema, parse, type Routes } from './route.ts'

const hostsInput = v.object({
  added: v.pipe(v.array(v.pipe(v.string(), v.maxLength(255))), v.maxLength(200)),
}) satisfies BodySchema<'PUT allowed-hosts'>

const noteInput = v.object({
  message: v.pipe(v.string(), v.maxLength(1000)),
}) satisfies BodySchema<'POST notes'>

/** What pages may reach of the web, and what they have reached. */
export const webRoutes = {
  'GET allowed-hosts': {
    handle: ({ allowedHosts: { fixed, added } }) => ({ fixed, added }),
  },
  'PUT allowed-hosts': {
    topic: 'web',
    handle: ({ allowedHosts }, input) => {
      allowedHosts.added = parse(hostsInput, input).added
    },
  },
  'GET web-requests': { handle: ({ webRequests }) => ({ requests: webRequests.list() }) },
  'POST notes': {
    topic: 'notes',
    handle: ({ notes }, input) => notes.add({ message: `手机 phone: ${parse(noteInput, input).message}` }),
  },
  'DELETE web-requests': { topic: 'web', handle: ({ webRequests }) => webRequests.clear() },
} satisfies Partial<Routes>
