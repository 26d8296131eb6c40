import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, startCloud } from '../emulator/cloud/cloud.ts'
import { makeAdminToken } from '../scripts/admin-token.ts'
import { makeSecrets } from '../scripts/make-secrets.ts'
import { fillCloud, type Templates } from './fill.ts'
import { call, FUNCTIONS, PEOPLE, Stage, tap } from './stage.ts'

/** As many rows of `audit_logs` for each user. */
export const RECORDS_EACH = 3

/** A cloud with many users and their records, and a few more users who have just logged in. */
export interface Town {
  cloud: Cloud
  /** Of somebody who is logged in. */
  token: string
  /** An administrator's, good for ten minutes. */
  adminToken(): string
  close(): Promise<void>
}

/** Documents of somebody who has logged in, as our own functions write them. */
export async function takeTemplates(): Promise<Templates> {
  const stage = await Stage.open('ours')
  try {
    await stage.login()
    const [user] = stage.kit.users()
    const record = stage.kit.documents('audit_logs').find(({ act }) => act === 'login')
    if (!user || !record) throw new Error('the login left no document')
    return { user, record }
  } finally {
    await stage.close()
  }
}

/** @param progress told how many users there are */
export async function openTown(
  users: number,
  templates: Templates,
  progress: (done: number) => void,
): Promise<Town> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'users-'))
  await fillCloud(dataDirectory, { users, recordsEach: RECORDS_EACH }, templates, progress)
  const secrets = makeSecrets()
  const cloud = await startCloud({
    dataDirectory,
    functionsDirectory: FUNCTIONS.ours,
    // One person exports and logs in more often here than anybody may.
    variables: { ...secrets, RATE_LIMITS: 'export:1000', LOGIN_LIMIT: '1000' },
  })
  const close = async () => {
    await cloud.close()
    rmSync(dataDirectory, { recursive: true })
  }
  const { token } = await call(cloud, 'login', tap(cloud, 'ours'))
  for (const person of PEOPLE) await call(cloud, 'login', tap(cloud, 'ours', person), person)
  const adminToken = () => makeAdminToken({ ...secrets }, 'bench', cloud.clock.now())
  return { cloud, token: String(token), adminToken, close }
}
