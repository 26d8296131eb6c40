/**
 * `npm run secrets`: makes `.env`. `-- rotate` puts a new first key into it and says what to do then;
 * `-- drop k1 --numbers-left 0` takes an old one out, once nothing needs it any more.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readArguments } from './arguments.ts'
import { withVariable } from './env-variable.ts'
import { drop, idsOf, type KeyRing, refusalToDrop, rotate } from './key-ring.ts'
import { makeSecrets, toEnvFile } from './make-secrets.ts'
import { giveUp, projectPath } from './project.ts'

const USAGE = `npm run secrets
npm run secrets -- rotate
npm run secrets -- drop <key id> --numbers-left <of admin stats> [--leaked]`

const file = projectPath('.env')
const { act, id, numbersLeft, isLeaked } = whatToDo()

if (act === 'make') make()
else if (act === 'rotate' && existsSync(file)) rotateKeys()
else if (act === 'rotate') make()
else dropKey()

function whatToDo() {
  const { values, positionals } = readArguments(USAGE, {
    allowPositionals: true,
    options: {
      rotate: { type: 'boolean', default: false },
      'numbers-left': { type: 'string' },
      leaked: { type: 'boolean', default: false },
    },
  })
  const [word = values.rotate ? 'rotate' : 'make', id = ''] = positionals
  if (word !== 'make' && word !== 'rotate' && (word !== 'drop' || id === '')) giveUp(USAGE)
  const left = values['numbers-left']
  if (left !== undefined && !/^\d+$/.test(left)) giveUp(USAGE)
  const numbersLeft = left === undefined ? undefined : Number(left)
  return { act: word, id, numbersLeft, isLeaked: values.leaked }
}

function make(): void {
  if (existsSync(file))
    giveUp('.env is there already and was left as it is. `npm run secrets -- rotate` adds a new key to it.')
  writeFileSync(file, toEnvFile(makeSecrets()), { mode: 0o600 })
  console.log('.env made. Run `npm run build`, then deploy; or set its two variables in the cloud console.')
}

function rotateKeys(): void {
  const ring = rotate(read(), new Date())
  save(ring)
  const [current, previous] = idsOf(ring.loginSecrets)
  console.log(`.env has a new first key, ${current}. Nobody is logged out, and no number becomes unreadable. What now:

1. npm run build, and deploy ALL functions the same day (or set LOGIN_SECRETS in the environment of all of them): a
   function with the old keys alone does not accept what ${current} signed, and the app then logs in again silently.
2. Let the hourly timer of cleanup run: it encrypts the numbers anew, in batches. How many are left says action stats
   of admin: numbersByKey.${previous} must become 0.
3. Wait 31 days from the deployment: tokens signed with ${previous} are good for 30.
4. npm run secrets -- drop ${previous} --numbers-left 0, then build and deploy all functions again.

If ${previous} got into wrong hands, skip step 3: drop it with --leaked as soon as numbersByKey.${previous} is 0.
Keep a copy of ${previous} until step 4 is done.`)
}

function dropKey(): void {
  if (!existsSync(file)) giveUp('there is no .env: npm run secrets first')
  const ring = read()
  const refusal = refusalToDrop(ring, { id, numbersLeft, isLeaked, today: new Date() })
  if (refusal !== undefined) giveUp(refusal)
  save(drop(ring, id))
  console.log(
    `.env has no ${id} any more. Run \`npm run build\` and deploy all functions. The log of cleanup says so should a number still need it.`,
  )
}

function read(): KeyRing {
  const { LOGIN_SECRETS, INDEX_SECRET, REPLACED_KEYS = '' } = parseEnv(readFileSync(file, 'utf8'))
  if (!LOGIN_SECRETS || !INDEX_SECRET)
    giveUp('.env lacks LOGIN_SECRETS or INDEX_SECRET: restore it, or remove it and run again')
  return { loginSecrets: LOGIN_SECRETS, replacedKeys: REPLACED_KEYS }
}

/** Whole or not at all: half a file of keys would lock everybody out. */
function save({ loginSecrets, replacedKeys }: KeyRing): void {
  const text = withVariable(readFileSync(file, 'utf8'), 'LOGIN_SECRETS', loginSecrets)
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, withVariable(text, 'REPLACED_KEYS', replacedKeys), { mode: 0o600 })
  renameSync(unfinished, file)
}
