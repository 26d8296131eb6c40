import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { FUNCTION_VARIABLES, SETTINGS } from '../function-variables.ts'
import { error, type Finding, ok, warning } from './finding.ts'

const ABOUT = '.env 的设置 · settings in .env'
/** A name that begins like one of ours and is none is a typing error. */
const LIKE_OURS = /^(PHONE|LOGIN|RATE|INDEX)_/

/**
 * Lists the settings of the functions that differ from their defaults, and finds values and names that the functions do not
 * understand. Prints no secret.
 */
export function checkSettingsOfFunctions(environmentFile: string): Finding[] {
  const variables = existsSync(environmentFile) ? parseEnv(readFileSync(environmentFile, 'utf8')) : {}
  const findings = [
    ...SETTINGS.flatMap(({ name, values, isValid }) => {
      const value = variables[name]
      if (value === undefined || value === '' || isValid?.(value)) return []
      return [
        error(ABOUT, `${name} 的值不对 · has a value that the functions do not know`, `${name}=${values}`),
      ]
    }),
    ...Object.keys(variables)
      .filter((name) => LIKE_OURS.test(name) && !FUNCTION_VARIABLES.some((known) => known.name === name))
      .map((name) =>
        warning(
          ABOUT,
          `${name}：云函数不认识 · no function reads it`,
          SETTINGS.map((setting) => setting.name).join('、'),
        ),
      ),
  ]
  if (findings.length > 0) return findings
  const chosen = SETTINGS.flatMap(({ name }) => (variables[name] ? [`${name}=${variables[name]}`] : []))
  const defaults = SETTINGS.map(({ name }) => name).filter((name) => !variables[name])
  return [ok(ABOUT, [...chosen, `默认 default: ${defaults.join('、')}`].join('，'))]
}
