import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import { verifyAdminToken } from './admin-token.ts'
import { AppError } from './app-error.ts'
import type { Handler, Invocation } from './call.ts'
import { parseInput } from './input.ts'

/** An administrator's call. */
export interface AdminCall extends Invocation {
  /** `admin:<name>`, as `audit_logs` has it. */
  admin: string
}

const tokenSchema = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) })

/**
 * A use case for administrators: whoever brings a living admin token, and nobody for lack of an openid, which a timer
 * and other functions lack too. A mini-program's call is refused even with one, so that a token that got into wrong
 * hands is good only in the cloud console.
 * @throws AppError ADMIN_DENIED
 */
export function administered<Schema extends v.GenericSchema, Data>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: AdminCall) => Promise<Data>,
): Handler<Data> {
  return async (invocation) => {
    const admin = requireAdmin(invocation)
    return handle(parseInput(schema, invocation.event), { ...invocation, admin })
  }
}

function requireAdmin({ event, keys, now }: Invocation): string {
  const { OPENID: openid } = cloud.getWXContext()
  if (openid !== undefined && String(openid) !== '') throw new AppError('ADMIN_DENIED')
  const { success, output } = v.safeParse(tokenSchema, event)
  if (!success) throw new AppError('ADMIN_DENIED')
  return `admin:${verifyAdminToken(keys.admin, output.token, now)}`
}
