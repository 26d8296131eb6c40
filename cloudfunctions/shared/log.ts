/**
 * One JSON line in the function's log. Callers put no number, token, code, openid or secret into it: there is
 * nothing here that would find and remove them.
 */
export function log(level: 'info' | 'warn' | 'error', entry: Readonly<Record<string, unknown>>): void {
  console[level](JSON.stringify({ level, ...entry }))
}
