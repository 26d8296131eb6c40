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
  /** The verified admin token: what is sealed for it opens only with the secrets that made it. */
  adminToken: string
}

const tokenSchema = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) })

/**
 * A use case for administrators: requires a valid admin token, and a call from the console's 云端测试. A missing openid
 * is not enough: timers and other functions have none either. A mini-program, another function, HTTP and a timer are
 * refused even with a good token, so that a token in wrong hands is good only in the cloud console.
 * @throws AppError ADMIN_DENIED
 */
export function administered<Schema extends v.GenericSchema, Data>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: AdminCall) => Promise<Data>,
): Handler<Data> {
  return async (invocation) => {
    requireConsole(invocation)
    const adminToken = requireAdminToken(invocation)
    const admin = adminOf(invocation, adminToken)
    return handle(parseInput(schema, invocation.event), { ...invocation, admin, adminToken })
  }
}

/** 云端测试 was observed to have no context at all. Whatever the platform names as a source is something else. */
function requireConsole({ origin: { source } }: Invocation): void {
  const { OPENID: openid, FROM_OPENID: fromOpenid } = cloud.getWXContext()
  if (isPerson(openid) || isPerson(fromOpenid)) throw new AppError('ADMIN_DENIED')
  if (source !== '') throw new AppError('ADMIN_DENIED', { log: `called from ${source}, not from 云端测试` })
}

/** The SDK turns an openid of digits into a number. */
function isPerson(openid: unknown): boolean {
  return openid !== undefined && String(openid) !== ''
}

function requireAdminToken({ event }: Invocation): string {
  const { success, output } = v.safeParse(tokenSchema, event)
  if (!success) throw new AppError('ADMIN_DENIED')
  return output.token
}

function adminOf({ keys, now }: Invocation, token: string): string {
  return `admin:${verifyAdminToken(keys.admin, token, now)}`
}
