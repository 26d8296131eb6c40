import type { FiguresSettings } from '../../control/figures.ts'
import type { Invocation } from '../../control/invocation.ts'

const SUCCESS_CODES: readonly (number | string)[] = [0, 200]

/** Why a call was refused, or how it failed. @returns undefined for a success */
export function refusalOf(
  { result, error }: Pick<Invocation, 'result' | 'error'>,
  { outcome = {} }: FiguresSettings,
): string | undefined {
  if (error) return String(error.errCode)
  const { codeField = 'code', reasonField = 'reason', successCodes = SUCCESS_CODES } = outcome
  if (typeof result !== 'object' || result === null) return undefined
  const { [codeField]: code, [reasonField]: reason } = result as Record<string, unknown>
  if (typeof code !== 'number' && typeof code !== 'string') return undefined
  if (successCodes.includes(code)) return undefined
  return typeof reason === 'string' && reason !== '' ? reason : String(code)
}

/** The kind of a successful call that is a login. @returns undefined for any other call */
export function loginKindOf(
  { functionName, event }: Pick<Invocation, 'functionName' | 'event'>,
  { logins }: FiguresSettings,
): string | undefined {
  if (logins?.function !== functionName) return undefined
  const fields = typeof event === 'object' && event !== null ? event : {}
  const kind = Object.entries(logins.kinds ?? {}).find(([, field]) => hasValue(fields, field))
  return kind?.[0] ?? otherwiseOf(logins)
}

/** In the order of the settings. */
export function loginKindsOf({ logins }: FiguresSettings): string[] {
  return logins ? [...new Set([...Object.keys(logins.kinds ?? {}), otherwiseOf(logins)])] : []
}

const otherwiseOf = ({ kinds, otherwise }: NonNullable<FiguresSettings['logins']>) =>
  otherwise ?? (kinds ? '其他 others' : '登录 logins')

function hasValue(fields: object, name: string): boolean {
  const value: unknown = (fields as Record<string, unknown>)[name]
  return value !== undefined && value !== null && value !== false && value !== ''
}
