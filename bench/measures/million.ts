import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, startCloud } from '../../emulator/cloud/cloud.ts'
import type { Document } from '../../emulator/cloud/database/values/document.ts'
import { makeSecrets } from '../../scripts/make-secrets.ts'
import { fillUsers } from '../fill.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'
import { call, FUNCTIONS, inTurns, PEOPLE, Stage, tap } from '../stage.ts'

const ROUNDS = 101
/** Until processes are started, and what lies on the path is in memory on both sides. */
const WARM_UP = 20
const FEW = 1000
const MILLION = 1_000_000

/** Whether people who come later pay for those who came before. */
export const millionMeasure: Measure = {
  key: 'millionOverThousand',
  async run(progress, { users }) {
    const template = await templateUser()
    const towns: Town[] = []
    const open = async (count: number) => {
      const town = await openTown(count, template, (done) => progress(`${done} of ${count} users`))
      towns.push(town)
      return town
    }
    try {
      const sides = { few: await open(FEW), many: await open(users) }
      const login = (side: 'few' | 'many') => {
        const { cloud } = sides[side]
        const next = inTurns()
        return () => {
          const person = next()
          const request = tap(cloud, 'ours', person)
          return timed(() => call(cloud, 'login', request, person))
        }
      }
      const logins = { few: login('few'), many: login('many') }
      const check = (side: 'few' | 'many') => () => {
        const { cloud, token } = sides[side]
        return timed(() => call(cloud, 'checkToken', { token }))
      }
      await interleave(WARM_UP, logins, progress)
      const warmLogins = await interleave(ROUNDS, logins, progress)
      const checks = await interleave(ROUNDS, { few: check('few'), many: check('many') }, progress)
      const rows = [rowOf('login', warmLogins, users), rowOf('checkToken', checks, users)]
      const [loginResult, checkToken] = rows.map(({ result }) => round(result))
      const value = { login: loginResult, checkToken }
      return { value: users === MILLION ? value : { ...value, users }, rows }
    } finally {
      for (const { close } of towns) await close()
    }
  },
}

/** The document of somebody who has logged in, as our own function writes it. */
async function templateUser() {
  const stage = await Stage.open('ours')
  await stage.login()
  const [document] = stage.kit.users()
  await stage.close()
  if (!document) throw new Error('the login left no document')
  return document
}

/** A cloud with so many users, and a few more who have just logged in. */
interface Town {
  cloud: Cloud
  token: string
  close(): Promise<void>
}

async function openTown(count: number, template: Document, progress: (done: number) => void): Promise<Town> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'users-'))
  await fillUsers(dataDirectory, count, template, progress)
  const cloud = await startCloud({
    dataDirectory,
    functionsDirectory: FUNCTIONS.ours,
    variables: { ...makeSecrets() },
  })
  const close = async () => {
    await cloud.close()
    rmSync(dataDirectory, { recursive: true })
  }
  const { token } = await call(cloud, 'login', tap(cloud, 'ours'))
  for (const person of PEOPLE) await call(cloud, 'login', tap(cloud, 'ours', person), person)
  return { cloud, token: String(token), close }
}

function rowOf(name: string, samples: Record<'few' | 'many', number[]>, users: number): Row {
  const [few, many] = [spreadOf(samples.few), spreadOf(samples.many)]
  return {
    what: `${name} among ${users.toLocaleString('en')} users / among ${FEW.toLocaleString('en')}`,
    ours: show(many, 'ms', 2),
    against: show(few, 'ms', 2),
    result: many.median / few.median,
    toReach: '≤ 1.2',
  }
}
