import { Refused } from './refusal.ts'

/** What getWXContext says of the caller. */
export type CallerContext = Readonly<Record<string, unknown>>

const PERSONAL = ['OPENID', 'FROM_OPENID', 'UNIONID', 'FROM_UNIONID']
const REFUSED_SOURCES = /wx_(client|http|devtools)/

/**
 * A mini-program or the web may not call this function, even with the token.
 * @throws Refused CALLER_REFUSED, with the names of the context's fields
 */
export function checkCaller(context: CallerContext): string {
  const source = typeof context['SOURCE'] === 'string' ? context['SOURCE'] : ''
  if (REFUSED_SOURCES.test(source) || PERSONAL.some((name) => context[name])) {
    const fields = Object.keys(context).sort().join(', ')
    throw new Refused(
      'CALLER_REFUSED',
      `call it from 云端测试 or the command line (fields of this caller: ${fields})`,
    )
  }
  return source
}
