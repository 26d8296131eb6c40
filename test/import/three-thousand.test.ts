import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localSecrets } from '../../scripts/lib/keys/local-secrets.ts'
import { CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { type Run, runScript } from '../support/run-script.ts'
import { useCloud } from '../support/use-cloud.ts'
import { oldIdOf, oldPerson, openidOf, phoneOf } from './old-people.ts'

const PEOPLE = 3000
/** What an export of real people has besides: these stand at the end of the file. */
const ODD = [
  oldPerson(PEOPLE + 1, { _openid: openidOf(7), createTime: new Date('2022-01-01'), nickName: '更旧' }),
  oldPerson(PEOPLE + 2, { mobile: '138****8000' }),
  { _id: oldIdOf(PEOPLE + 3), nickName: '没有 openid', mobile: phoneOf(PEOPLE + 3) },
]
/** Whole words of the file that no output may repeat. */
const PERSONAL = /1[3-9]\d{9}|oOldx+\d+/

const directory = mkdtempSync(join(tmpdir(), 'import-'))
const secrets = localSecrets(directory)
const cloud = useCloud({ variables: { ...secrets } })
const file = join(directory, 'old_users.json')
afterAll(() => rmSync(directory, { recursive: true, force: true }))

beforeAll(async () => {
  const stream = createWriteStream(file)
  for (let number = 1; number <= PEOPLE; number++) stream.write(lineOf(oldPerson(number)))
  for (const person of ODD) stream.write(lineOf(person))
  stream.end()
  await once(stream, 'finish')
})

/** As the console exports it. */
function lineOf(document: object): string {
  const dated = Object.entries(document).map(([name, value]) => [
    name,
    value instanceof Date ? { $date: value.toISOString() } : value,
  ])
  return `${JSON.stringify(Object.fromEntries(dated))}\n`
}

const importUsers = async (...words: string[]): Promise<Run> => {
  const run = await runScript('import-users', [file, '--data', directory, '--out', directory, ...words])
  expect(run.output + run.errors).not.toMatch(PERSONAL)
  return run
}
const written = () =>
  ['users.import.json', 'users.map.csv'].map((name) => readFileSync(join(directory, name), 'utf8'))
const documents = () => cloud.kit.cloud.database.documents('users', { limit: 2 * PEOPLE })

it('3,000 people: dry run, import, five log in without paying, and the import again changes nothing', async () => {
  const dry = await importUsers('--dry-run')
  expect(dry).toMatchObject({ code: 0, errors: '' })
  for (const line of [
    'openid ← _openid (3002)',
    'phone ← mobile (3002)',
    'documents: 3003',
    'users to import: 3001',
    'line 3001: 同一 openid 有较新的文档',
    'line 3002: 不是手机号',
    'line 3003: 没有 openid',
    'a dry run',
  ]) {
    expect(dry.output).toContain(line)
  }
  expect(() => written()).toThrow('ENOENT')

  expect((await importUsers()).code).toBe(0)
  const [users = '', map = ''] = written()
  expect(users.trim().split('\n')).toHaveLength(3001)
  expect(users).not.toMatch(/1[3-9]\d{9}"/)
  expect(map).toContain(`${oldIdOf(7)},u_`)
  expect(map.trim().split('\n')).toHaveLength(3003)
  for (const name of ['users.import.json', 'users.map.csv']) {
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600)
  }

  const url = `${cloud.kit.cloud.controlUrl}/collections/users/import`
  const imported = await fetch(url, {
    method: 'POST',
    body: users,
    headers: { 'content-type': 'application/x-ndjson' },
  })
  expect(await imported.json()).toEqual({ imported: [{ name: 'users', documents: 3001 }] })
  for (const number of [1, 7, 700, 2999, 3000]) {
    const openid = openidOf(number)
    expect(verdict(await cloud.kit.login(openid, {}))).toBe('400 CONSENT_REQUIRED')
    const { userInfo } = succeeded(await cloud.kit.login(openid, { consent: { version: CONSENT } }))
    const phone = `139****${phoneOf(number).slice(-4)}`
    expect(userInfo).toMatchObject({ phone, nickname: `游客${number}` })
    expect(userInfo).not.toHaveProperty('phoneVerifiedAt')
  }
  const { calls } = await cloud.kit.control.get('calls?limit=1000')
  expect(
    calls.flatMap(({ roundTrips }) => roundTrips).filter(({ action }) => /openapi|phonenumber/i.test(action)),
  ).toEqual([])

  expect((await importUsers()).code).toBe(0)
  expect(written()).toEqual([users, map])
  writeFileSync(join(directory, 'present.json'), documents().map(lineOf).join(''))
  const again = await importUsers('--existing', join(directory, 'present.json'))
  expect(again.output).toContain('users to import: 0')
  expect(written()).toEqual(['', map])
}, 60_000)
