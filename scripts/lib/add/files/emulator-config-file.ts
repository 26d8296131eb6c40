import type { FunctionsConfig } from './functions-config.ts'
import { databaseNamesOf } from './functions-config.ts'

export const EMULATOR_CONFIG = 'emulator.config.mjs'

/**
 * Settings for running the app on a developer's machine: secrets of this machine alone, and the login's collections, which
 * no client may read. The file takes nothing from the login's project.
 */
export function emulatorConfigFile(config: FunctionsConfig): string {
  const collections = databaseNamesOf(config).map((name) => `    '${name}': 'ADMINONLY',`)
  return `// 在自己的电脑上运行：模拟器的设置。密钥只用于本机，与模拟器的数据存放在一起，不在项目里。
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export default ({ dataDirectory }) => ({
  variables: localSecrets(dataDirectory),
  collections: {
${collections.join('\n')}
  },
  userTable: '${config.COLLECTION_NAMES['users']}',
})

function localSecrets(dataDirectory) {
  const file = join(dataDirectory, 'secrets.json')
  if (!existsSync(file)) {
    const key = () => randomBytes(32).toString('base64url')
    const secrets = { LOGIN_SECRETS: \`k1:\${key()}\`, INDEX_SECRET: key() }
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}
`
}
