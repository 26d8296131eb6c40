/**
 * `npm run secrets`: makes `.env`. A change of keys has two phases, each deployed to all functions before the next:
 * `-- add` adds a key that verifies and decrypts only, `-- use k2` makes it current. `-- drop k1 --numbers-left 0` takes
 * an old one out, once nothing needs it any more. `-- rotate` explains that and begins with phase 1.
 * Each asks before it changes `.env`; `--yes` asks nothing, and `--dry-run` changes nothing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readArguments } from './arguments.ts'
import { Conversation } from './conversation.ts'
import { withVariable } from './env-variable.ts'
import {
  addKey,
  drop,
  idsOf,
  type KeyRing,
  phasesOf,
  refusalToAdd,
  refusalToDrop,
  refusalToUse,
  useKey,
} from './key-ring.ts'
import { explainAdded, explainDropped, explainPhases, explainUsed, USAGE } from './key-texts.ts'
import { makeSecrets, toEnvFile } from './make-secrets.ts'
import { giveUp, projectPath } from './project.ts'
import { closeSecretFile, writeSecretFile } from './secret-file.ts'

const file = projectPath('.env')
const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    rotate: { type: 'boolean', default: false },
    'numbers-left': { type: 'string' },
    leaked: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
})
const [act = values.rotate ? 'rotate' : 'make', id = ''] = positionals
const ACTS: Readonly<Record<string, { words: number; run: () => Promise<void> | void }>> = {
  make: { words: 0, run: make },
  rotate: { words: 1, run: rotate },
  add: { words: 1, run: add },
  use: { words: 2, run: use },
  drop: { words: 2, run: dropKey },
}

const known = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined
if (!known || positionals.length !== (values.rotate ? 0 : known.words)) giveUp(USAGE)
await known.run()

function make(): void {
  if (existsSync(file)) {
    closeSecretFile(file)
    giveUp(
      '已有 .env，未改动；更换密钥请用 npm run secrets -- rotate · .env is there already and was left as it is: `npm run secrets -- rotate` leads through a change of keys',
    )
  }
  if (values['dry-run']) {
    console.log('将生成 .env：LOGIN_SECRETS k1、INDEX_SECRET · would make .env with these')
    return
  }
  writeSecretFile(file, toEnvFile(makeSecrets()))
  console.log(
    '已生成 .env：npm run build 后部署，或把两个变量设在云开发控制台 · .env made. Run `npm run build`, then deploy; or set its two variables in the cloud console.',
  )
}

async function rotate(): Promise<void> {
  if (!existsSync(file)) return make()
  console.log(explainPhases)
  const { waiting } = phasesOf(read())
  if (waiting === undefined) await add()
  else console.log(explainAdded(waiting.id))
}

async function add(): Promise<void> {
  const ring = read()
  refuse(refusalToAdd(ring))
  const next = addKey(ring, new Date())
  const [added = ''] = idsOf(next.loginSecrets).slice(-1)
  if (
    await change(ring, next, `加入 ${added}，只验证和解密 · add ${added}, which verifies and decrypts only`)
  )
    console.log(explainAdded(added))
}

async function use(): Promise<void> {
  const ring = read()
  refuse(refusalToUse(ring, id))
  const question = `所有云函数都已带着 ${id} 部署过了吗？只差一个，用户就会遇到“服务正在更新” · have ALL functions been deployed with ${id} in their LOGIN_SECRETS? One that was not refuses what the others issue`
  if (await change(ring, useKey(ring, id, new Date()), question)) {
    console.log(explainUsed(id, idsOf(ring.loginSecrets)[0] ?? ''))
  }
}

async function dropKey(): Promise<void> {
  const left = values['numbers-left']
  if (left !== undefined && !/^\d+$/.test(left)) giveUp(USAGE)
  const numbersLeft = left === undefined ? undefined : Number(left)
  const ring = read()
  refuse(refusalToDrop(ring, { id, numbersLeft, isLeaked: values.leaked, today: new Date() }))
  const question = `移除 ${id}：它签发的令牌和加密的号码从此无效 · drop ${id}: what it signed and encrypted counts no more`
  if (await change(ring, drop(ring, id), question)) console.log(explainDropped(id))
}

function refuse(refusal: string | undefined): void {
  if (refusal !== undefined) giveUp(refusal)
}

/** Shows what would change, by the names of the keys alone. @returns whether it was done */
async function change(from: KeyRing, to: KeyRing, question: string): Promise<boolean> {
  const shown = ({ loginSecrets }: KeyRing) => idsOf(loginSecrets).join(',')
  console.log(`.env LOGIN_SECRETS: ${shown(from)} → ${shown(to)}（第一个是当前密钥 · the first is current）`)
  if (values['dry-run']) {
    console.log(`${question}\n预演，.env 没有改动 · a dry run, .env was not changed`)
    return false
  }
  if (!values.yes && !(await isConfirmed(question))) giveUp('.env 没有改动 · .env was not changed')
  save(to)
  return true
}

async function isConfirmed(question: string): Promise<boolean> {
  const conversation = new Conversation()
  const answer = await conversation.ask(`${question} [yes/no] `)
  conversation.end()
  return answer?.toLowerCase() === 'yes'
}

function read(): KeyRing {
  if (!existsSync(file)) giveUp('没有 .env，请先 npm run secrets · there is no .env: npm run secrets first')
  const {
    LOGIN_SECRETS,
    INDEX_SECRET,
    ADDED_KEYS = '',
    REPLACED_KEYS = '',
  } = parseEnv(readFileSync(file, 'utf8'))
  if (!LOGIN_SECRETS || !INDEX_SECRET)
    giveUp(
      '.env 缺少 LOGIN_SECRETS 或 INDEX_SECRET：请从备份恢复 · .env lacks one of the two: restore it, or remove it and run again',
    )
  return { loginSecrets: LOGIN_SECRETS, addedKeys: ADDED_KEYS, replacedKeys: REPLACED_KEYS }
}

function save({ loginSecrets, addedKeys, replacedKeys }: KeyRing): void {
  const changes = { LOGIN_SECRETS: loginSecrets, ADDED_KEYS: addedKeys, REPLACED_KEYS: replacedKeys }
  let text = readFileSync(file, 'utf8')
  for (const [name, value] of Object.entries(changes)) text = withVariable(text, name, value)
  writeSecretFile(file, text)
}
