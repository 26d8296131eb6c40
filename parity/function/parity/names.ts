import { hostname } from 'node:os'
import type { CallerContext } from './caller.ts'

const TELLING =
  /(ENV|NAMESPACE|APPID|UIN|OPENID|UNIONID|SECRET\w*|TOKEN\w*|SESSION\w*|CLIENTIP\w*|REGION|SIGN\w*|KEY)$/

/** The texts of this environment that no answer may hold, each with the word that replaces it. */
export function namesOf(context: CallerContext, environment: NodeJS.ProcessEnv): Map<string, string> {
  const names = new Map<string, string>([[hostname(), 'HOST']])
  for (const [name, value] of [...Object.entries(context), ...Object.entries(environment)]) {
    const word = TELLING.exec(name)?.[1]
    if (word !== undefined && typeof value === 'string' && value.length >= 6) names.set(value, word)
  }
  return names
}
