/**
 * The process that breaks guards in one copy of the project. Its argument is the copy's folder, which is its working
 * directory too. Each message to it is a `Group`. It answers with a `Result` for each mutation, and `isIdle` when it is
 * ready for a group.
 */
import { MutableCopy } from './mutable-copy.ts'
import type { Group, Result } from './outcome.ts'
import { runGroup } from './run-group.ts'
import { TestSession } from './test-session.ts'

export type WorkerMessage = { result: Result } | { isIdle: true }

const [root = ''] = process.argv.slice(2)
const session = await TestSession.start(root)
const copy = new MutableCopy(root, (file) => session.invalidate(file))
const send = (message: WorkerMessage) => process.send?.(message)

process.on('message', async (group: Group) => {
  await runGroup(copy, session, group, (result) => send({ result }))
  send({ isIdle: true })
})
process.on('disconnect', async () => {
  await session.close()
  process.exit()
})
send({ isIdle: true })
