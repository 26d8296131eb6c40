import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { finishClosing } from '../shared/closing.ts'
import { command as _, ask } from '../shared/database.ts'
import { parseUser } from '../shared/user.ts'
import { users } from '../shared/users.ts'

/** Closings take several round trips each. */
const AT_ONCE = 10
/** A younger one may still be under way. */
const BROKEN_OFF_MILLISECONDS = 60 * 1000

/** Finishes what broke off while accounts were closed. */
export async function finishClosings(invocation: Invocation): Promise<number> {
  const { budget, now } = invocation
  const begunBefore = new Date(now - BROKEN_OFF_MILLISECONDS)
  const brokenOff = { ...NOT_BY_CLIENT, status: 'closing', closingAt: _.lt(begunBefore) }
  const { data } = await ask(budget, users().where(brokenOff).limit(AT_ONCE).get())
  const found = data.map(parseUser)
  await Promise.all(
    found.map(({ _id, closingAt = new Date(now) }) => finishClosing(invocation, _id, closingAt)),
  )
  return found.length
}
