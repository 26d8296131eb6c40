/**
 * `npm run secrets`: makes `.env`. A change of keys has two phases, each deployed to all functions before the next:
 * `-- add` adds a key that verifies and decrypts only, `-- use k2` makes it current. `-- drop k1 --numbers-left 0`
 * removes an old one that nothing needs any more. `-- rotate` explains that and begins with phase 1.
 * Each asks before it changes `.env`; `--yes` asks nothing, and `--dry-run` changes nothing.
 */
import { existsSync } from 'node:fs'
import { readArguments } from './lib/arguments.ts'
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
} from './lib/keys/key-ring.ts'
import { readKeyRing, saveKeyRing } from './lib/keys/key-ring-file.ts'
import { explainAdded, explainDropped, explainPhases, explainUsed, USAGE } from './lib/keys/key-texts.ts'
import { makeSecrets, toEnvFile } from './lib/keys/make-secrets.ts'
import { closeSecretFile, writeSecretFile } from './lib/keys/secret-file.ts'
import { fail, projectPath } from './lib/project.ts'
import { Prompt } from './lib/prompt.ts'

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
if (!known || positionals.length !== (values.rotate ? 0 : known.words)) fail(USAGE)
await known.run()

function make(): void {
  if (existsSync(file)) {
    closeSecretFile(file)
    fail(
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
  const { waiting } = phasesOf(readKeyRing(file))
  if (waiting === undefined) await add()
  else console.log(explainAdded(waiting.id))
}

async function add(): Promise<void> {
  const ring = readKeyRing(file)
  refuse(refusalToAdd(ring))
  const next = addKey(ring, new Date())
  const [added = ''] = idsOf(next.loginSecrets).slice(-1)
  if (
    await change(ring, next, `加入 ${added}，只验证和解密 · add ${added}, which verifies and decrypts only`)
  )
    console.log(explainAdded(added))
}

async function use(): Promise<void> {
  const ring = readKeyRing(file)
  refuse(refusalToUse(ring, id))
  const question = `所有云函数都已带着 ${id} 部署过了吗？只差一个，用户就会遇到“服务正在更新” · have ALL functions been deployed with ${id} in their LOGIN_SECRETS? One that was not refuses what the others issue`
  if (await change(ring, useKey(ring, id, new Date()), question)) {
    console.log(explainUsed(id, idsOf(ring.loginSecrets)[0] ?? ''))
  }
}

async function dropKey(): Promise<void> {
  const left = values['numbers-left']
  if (left !== undefined && !/^\d+$/.test(left)) fail(USAGE)
  const numbersLeft = left === undefined ? undefined : Number(left)
  const ring = readKeyRing(file)
  refuse(refusalToDrop(ring, { id, numbersLeft, isLeaked: values.leaked, today: new Date() }))
  const question = `移除 ${id}：它签发的令牌和加密的号码从此无效 · drop ${id}: what it signed and encrypted counts no more`
  if (await change(ring, drop(ring, id), question)) console.log(explainDropped(id))
}

function refuse(refusal: string | undefined): void {
  if (refusal !== undefined) fail(refusal)
}

/** Shows the change by the names of the keys, asks, and makes it. @returns whether it was made */
async function change(from: KeyRing, to: KeyRing, question: string): Promise<boolean> {
  const shown = ({ loginSecrets }: KeyRing) => idsOf(loginSecrets).join(',')
  console.log(`.env LOGIN_SECRETS: ${shown(from)} → ${shown(to)}（第一个是当前密钥 · the first is current）`)
  if (values['dry-run']) {
    console.log(`${question}\n预演，.env 没有改动 · a dry run, .env was not changed`)
    return false
  }
  if (!values.yes && !(await isConfirmed(question))) fail('.env 没有改动 · .env was not changed')
  saveKeyRing(file, to)
  return true
}

async function isConfirmed(question: string): Promise<boolean> {
  const conversation = new Prompt()
  const answer = await conversation.ask(`${question} [yes/no] `)
  conversation.close()
  return answer?.toLowerCase() === 'yes'
}
