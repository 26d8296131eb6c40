import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { phasesOf } from '../keys/key-ring.ts'
import { projectPath } from '../project.ts'
import { type Finding, ok, warning } from './finding.ts'

const ABOUT = '密钥更换 · change of keys'

/** The phase of a key rotation, and the next step; nothing if this clone has no keys. */
export function checkRotation(): Finding[] {
  const file = projectPath('.env')
  if (!existsSync(file)) return []
  const { LOGIN_SECRETS = '', ADDED_KEYS = '', REPLACED_KEYS = '' } = parseEnv(readFileSync(file, 'utf8'))
  if (LOGIN_SECRETS === '') return []
  const ring = { loginSecrets: LOGIN_SECRETS, addedKeys: ADDED_KEYS, replacedKeys: REPLACED_KEYS }
  const { current, waiting, replaced } = phasesOf(ring)
  if (!waiting && replaced.length === 0) return [ok(ABOUT, `${current}，没有进行中的更换 · none under way`)]
  return [
    ...(waiting ? [firstPhase(current, waiting)] : []),
    ...replaced.map((key) => secondPhase(current, key)),
  ]
}

function firstPhase(current: string, { id, since }: { id: string; since: string }): Finding {
  return warning(
    ABOUT,
    `第一阶段：${id} 于 ${since} 加入，只验证和解密，当前密钥是 ${current} · phase 1: ${id} was added then and only verifies and decrypts; ${current} is current`,
    `npm run build，部署全部云函数，然后 npm run secrets -- use ${id} · build, deploy ALL functions, then that`,
  )
}

function secondPhase(current: string, { id, from }: { id: string; from: string | undefined }): Finding {
  const when =
    from === undefined
      ? '没有记录它是何时被替换的 · nobody noted when it was replaced'
      : `最早 ${from} · not before that day`
  return warning(
    ABOUT,
    `第二阶段：当前密钥是 ${current}，${id} 仍被接受 · phase 2: ${current} is current, ${id} is still accepted`,
    `全部云函数部署之后，等 numbersByKey.${id} 为 0（${when}），再 npm run secrets -- drop ${id} --numbers-left 0 · once all functions are deployed and that is 0`,
  )
}
