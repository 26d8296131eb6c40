/** `npm run secrets`: makes `.env`. With `-- --rotate`: adds a new key to the one that is there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { addKey, makeSecrets, type SecretVariables, toEnvFile } from './make-secrets.ts'
import { giveUp, projectPath } from './project.ts'

const file = projectPath('.env')
const { values } = parseArgs({ options: { rotate: { type: 'boolean', default: false } } })

if (!existsSync(file)) {
  save(makeSecrets())
  console.log('.env made. Run `npm run build`, then deploy; or set its two variables in the cloud console.')
} else if (values.rotate) {
  const { LOGIN_SECRETS, INDEX_SECRET } = parseEnv(readFileSync(file, 'utf8')) as Partial<SecretVariables>
  if (!LOGIN_SECRETS || !INDEX_SECRET)
    giveUp('.env lacks LOGIN_SECRETS or INDEX_SECRET: restore it, or remove it and run again')
  save({ LOGIN_SECRETS: addKey(LOGIN_SECRETS), INDEX_SECRET })
  console.log(
    '.env has a new first key. Run `npm run build` and deploy; tokens and numbers of the old keys stay valid.',
  )
} else {
  giveUp('.env is there already and was left as it is. `npm run secrets -- --rotate` adds a new key to it.')
}

function save(secrets: SecretVariables): void {
  writeFileSync(file, toEnvFile(secrets), { mode: 0o600 })
}
