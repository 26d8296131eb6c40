import { join } from 'node:path'
import type { Cloud } from 'wechat-cloud-emulator'
import { makeSecrets } from '../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../scripts/lib/project.ts'
import { CloudKit, CONSENT } from '../test/support/cloud-kit.ts'
import { timed } from './sample.ts'

/**
 * The compared functions: those that this project builds, those that people usually write, and functions that send the
 * same requests as ours by the SDK and do nothing else.
 */
export type Variant = 'ours' | 'usual' | 'requests'

export const FUNCTIONS: Readonly<Record<Variant, string>> = {
  // A separate build: dist/cloudfunctions may hold keys that are to be uploaded.
  ours: projectPath('dist/bench'),
  usual: projectPath('bench/baselines/functions'),
  requests: projectPath('bench/baselines/requests'),
}

export const functionFile = (variant: Variant, name: string) => join(FUNCTIONS[variant], name, 'index.js')

/** Variables of the platform. With them the SDK behaves as in a function. */
export const PLATFORM = {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: 'bench',
}

export const OPENID = 'oBench'
/** Users who keep logging in. Each may log in only 30 times within three minutes. */
export const USERS = Array.from({ length: 5 }, (_, number) => `oBench-${number}`)

/** Returns one openid after the other, and starts again after the last. */
export function inTurns(openids: readonly string[] = USERS): () => string {
  let count = 0
  return () => openids[count++ % openids.length] ?? ''
}
const SECRET = { JWT_SECRET: 'a secret as people set it: some text' }

/** The request of `login` after a tap on the phone button. */
export function tap(cloud: Cloud, variant: Variant, openid = OPENID): object {
  const code = cloud.phoneCodes.issue(cloud.users.touch(openid, '13800138000'), cloud.appid)
  return variant === 'ours' ? { phoneCode: code, consent: { version: CONSENT } } : { code }
}

/**
 * Calls a function as this user's mini-program, or as the console's 云端测试 for null.
 * @returns the answer's data
 * @throws Error when the function refuses
 */
export async function call(
  cloud: Cloud,
  name: string,
  data: object,
  openid: string | null = OPENID,
): Promise<Record<string, unknown>> {
  const { appid } = cloud
  const caller = openid === null ? { source: 'console', appid } : { source: 'wx_client', appid, openid }
  const end = await cloud.functions.invoke(name, data, caller)
  if (end.failure) throw new Error(`${name}: ${end.failure.message}`)
  const answer = JSON.parse(end.json) as { code: number; reason?: string; data?: Record<string, unknown> }
  if (answer.code !== 0 && answer.code !== 200) throw new Error(`${name}: ${answer.code} ${answer.reason}`)
  return answer.data ?? {}
}

/** An embedded cloud with the functions of one variant, and one user. */
export class BenchCloud {
  readonly kit: CloudKit
  readonly variant: Variant

  private constructor(kit: CloudKit, variant: Variant) {
    this.kit = kit
    this.variant = variant
  }

  static async open(
    variant: Variant,
    options: Parameters<typeof CloudKit.start>[0] = {},
  ): Promise<BenchCloud> {
    const variables = { ...makeSecrets(), ...SECRET }
    const kit = await CloudKit.start({
      functionsDirectory: FUNCTIONS[variant],
      variables,
      ...options,
    })
    return new BenchCloud(kit, variant)
  }

  close(): Promise<void> {
    return this.kit.stop()
  }

  tap(openid = OPENID): object {
    return tap(this.kit.cloud, this.variant, openid)
  }

  call(name: string, data: object, openid = OPENID): Promise<Record<string, unknown>> {
    return call(this.kit.cloud, name, data, openid)
  }

  async login(openid = OPENID): Promise<string> {
    return String((await this.call('login', this.tap(openid), openid))['token'])
  }

  /** Milliseconds from the start of a process to its answer. */
  async coldAnswer(name: string, data: object): Promise<number> {
    this.kit.cloud.functions.endInstances()
    // The old process should be gone before the new one is timed.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return timed(() => this.call(name, data))
  }
}
