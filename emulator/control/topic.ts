/** What can change in the cloud. `GET events` names the topics that have changed, as server-sent events. */
export const TOPICS = [
  'calls',
  'database',
  'files',
  'users',
  'machine',
  'code',
  'messages',
  'web',
  'notes',
] as const

export type Topic = (typeof TOPICS)[number]
