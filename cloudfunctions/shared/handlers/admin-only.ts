import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import type { AdminRole } from '../../../contract/admin.ts'
import { AppError } from '../core/app-error.ts'
import { type AdminClaims, verifyAdminToken } from '../crypto/admin-token.ts'
import type { Handler, Invocation } from '../request/call.ts'
import { parseInput } from '../request/input.ts'

/** An administrator's call. */
export interface AdminCall extends Invocation {
  /** `admin:<name>`, as `audit_logs` has it. */
  admin: string
  /** The verified admin token. A text encrypted for it can be decrypted only with the secrets that signed it. */
  adminToken: string
}

const tokenSchema = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)) })

/**
 * A use case for administrators: requires a valid admin token, and a call from the console's 云端测试. A missing openid
 * is not enough: timers and other functions have none either. A mini-program, another function, HTTP and a timer are
 * refused even with a valid token, so a stolen token works only in the cloud console.
 * @param role that the token must have; for some actions it depends on the request
 * @throws AppError ADMIN_DENIED; ADMIN_ROLE for a valid token without that role
 */
export function adminOnly<Schema extends v.GenericSchema, Data>(
  role: AdminRole | ((input: v.InferOutput<Schema>) => AdminRole),
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: AdminCall) => Promise<Data>,
): Handler<Data> {
  return async (invocation) => {
    requireConsole(invocation)
    const adminToken = requireAdminToken(invocation)
    const claims = verifyAdminToken(invocation.keys.admin, adminToken, invocation.now)
    const input = parseInput(schema, invocation.event)
    requireRole(claims, typeof role === 'function' ? role(input) : role)
    return handle(input, { ...invocation, admin: `admin:${claims.name}`, adminToken })
  }
}

/** 云端测试 was observed to have no context at all, so a call with a source comes from elsewhere. */
function requireConsole({ requestSource: { source } }: Invocation): void {
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

const ROLE_NAMES = { look: '查看', act: '处置', reveal: '查看完整号码' } as const satisfies Record<
  AdminRole,
  string
>

function requireRole({ name, may }: AdminClaims, role: AdminRole): void {
  if (may.includes(role)) return
  const command = `npm run admin -- token --may ${[...may, role].join(',')}`
  throw new AppError('ADMIN_ROLE', {
    text: {
      zh: `这个管理令牌没有「${ROLE_NAMES[role]}」（${role}）权限：请运行 ${command}`,
      en: `This admin token lacks the role ${role}: run ${command}`,
    },
    log: `the token of ${name} may ${may.join(', ')}, not ${role}`,
  })
}
