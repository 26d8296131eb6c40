import { join } from 'node:path'
import type { Cloud } from '../emulator/cloud/cloud.ts'
import { makeSecrets } from '../scripts/make-secrets.ts'
import { projectPath } from '../scripts/project.ts'
import { CloudKit, CONSENT } from '../test/cloud-kit.ts'
import { timed } from './sample.ts'

/**
 * What is compared: what this project builds, what people write today, and functions that send the requests of ours by
 * the SDK and do nothing else.
 */
export type Way = 'ours' | 'usual' | 'requests'

export const FUNCTIONS: Readonly<Record<Way, string>> = {
  // A build of its own: dist/cloudfunctions may hold somebody's keys, ready to be uploaded.
  ours: projectPath('dist/bench'),
  usual: projectPath('bench/baselines/functions'),
  requests: projectPath('bench/baselines/requests'),
}

export const functionFile = (way: Way, name: string) => join(FUNCTIONS[way], name, 'index.js')

/** Variables of the platform itself, with which the SDK takes itself to be in a function. */
export const PLATFORM = {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: 'bench',
}

export const OPENID = 'oBench'
/** Those who keep logging in. Several, since each may do so only 30 times within three minutes. */
export const PEOPLE = Array.from({ length: 5 }, (_, number) => `oBench-${number}`)

/** One person after the other, and from the start again. */
export function inTurns(people: readonly string[] = PEOPLE): () => string {
  let count = 0
  return () => people[count++ % people.length] ?? ''
}
const SECRET = { JWT_SECRET: 'a secret as people set it: some text' }

/** A tap on the phone button, allowed: what `login` is then asked with. */
export function tap(cloud: Cloud, way: Way, openid = OPENID): object {
  const code = cloud.phoneCodes.issue(cloud.users.touch(openid, '13800138000'), cloud.appid)
  return way === 'ours' ? { phoneCode: code, consent: { version: CONSENT } } : { code }
}

/**
 * Calls a function as the mini-program of this person, or as the console's 云端测试 for null.
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

/** An embedded cloud with the functions of one way, and somebody who uses it. */
export class Stage {
  readonly kit: CloudKit
  readonly way: Way

  private constructor(kit: CloudKit, way: Way) {
    this.kit = kit
    this.way = way
  }

  static async open(way: Way, options: Parameters<typeof CloudKit.start>[0] = {}): Promise<Stage> {
    const variables = { ...makeSecrets(), ...SECRET }
    const kit = await CloudKit.start({
      functionsDirectory: FUNCTIONS[way],
      variables,
      ...options,
    })
    return new Stage(kit, way)
  }

  close(): Promise<void> {
    return this.kit.stop()
  }

  tap(openid = OPENID): object {
    return tap(this.kit.cloud, this.way, openid)
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
