import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

let packaged: Environment | undefined

/** `process.env`, completed by the env.json that `npm run build` writes next to the function's code. */
export function functionEnvironment(): Environment {
  return { ...packagedEnvironment(), ...process.env }
}

function packagedEnvironment(): Environment {
  packaged ??= readPackaged()
  return packaged
}

function readPackaged(): Environment {
  try {
    return JSON.parse(readFileSync(join(__dirname, 'env.json'), 'utf8'))
  } catch {
    // Not packaged, which is how it should be where the console's variables are used.
    return {}
  }
}

/** Whether accounts without a phone number are allowed: `PHONE_REQUIRED=false`. Anything else means they are not. */
export function isPhoneRequired(): boolean {
  // Asked at every login, so without copying the whole environment.
  const value = process.env['PHONE_REQUIRED'] ?? packagedEnvironment()['PHONE_REQUIRED']
  return value?.trim().toLowerCase() !== 'false'
}
