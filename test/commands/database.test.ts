import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COLLECTIONS } from '../../scripts/lib/cloud/collections.ts'
import { modeIn } from '../../scripts/lib/cloud/environment-mode.ts'
import { INDEXES } from '../../scripts/lib/cloud/indexes.ts'
import type { Finding } from '../../scripts/lib/doctor/finding.ts'
import { isSdkForPg } from '../../scripts/lib/doctor/sdk-version.ts'
import { ProjectCopy } from '../support/project-copy.ts'

const TIMEOUT_MILLISECONDS = 60_000
const ENV = 'cloud1-5g2k8x1a9c0d3e7f'
const PG_INSTANCE = { InstanceName: 'postgres-a', Region: 'ap-shanghai', Version: '17.6' }

let project: ProjectCopy

/** Puts a CloudBase CLI on the path, which answers DescribeEnvs like this; null takes it away. */
function signIn(answer: unknown): Record<string, string> {
  mkdirSync(project.path('bin'), { recursive: true })
  const file = project.path('bin/tcb')
  rmSync(file, { force: true })
  if (answer !== null) {
    const text = `CloudBase CLI 3.8.3\n${JSON.stringify(answer)}\n`
    const script = `#!/bin/sh\n[ "$*" = "api tcb DescribeEnvs --json" ] || exit 2\ncat <<'END'\n${text}END\n`
    writeFileSync(file, script, { mode: 0o755 })
  }
  return { PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}` }
}

beforeAll(async () => {
  project = new ProjectCopy()
  await project.run('setup', ['--appid', 'wx0123456789abcdef', '--env', ENV])
})
afterAll(() => project.remove())

describe('npm run database', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('names every collection the functions use, and a proof that no client reads them', async () => {
    const { output, errors, code } = await project.run('database')
    expect(errors).toBe('')
    expect(code).toBe(0)
    for (const name of COLLECTIONS) {
      expect(output).toContain(`collection:${name} --level adminonly -e ${ENV}`)
    }
    const proof = output.split('\n').find((line) => line.startsWith('for (const name of'))
    const printed: unknown[] = []
    const collection = (name: string) => ({
      limit: () => ({
        get: () => (name === 'users' ? Promise.resolve({ data: [] }) : Promise.reject({ errCode: -502003 })),
      }),
    })
    const log = (...values: unknown[]) => printed.push(values)
    new Function('wx', 'console', proof ?? '')(
      { cloud: { database: () => ({ collection }) } },
      { log, error: log },
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(printed).toContainEqual(['users', '读到了'])
    expect(printed).toContainEqual(['trips', -502003])
  })

  it('has steps for storage and logs, and in PG mode for plugin, bucket and policy too', async () => {
    const { output: classic } = await project.run('database')
    const { output: pg } = await project.run('database', ['--mode', 'pg'])
    for (const steps of [classic, pg]) {
      for (const { name } of INDEXES) expect(steps).toContain(name)
      expect(steps).toContain('日志')
    }
    expect(classic).toContain('所有用户可读，仅创建者可写')
    expect(classic).not.toContain('RLS')
    for (const word of ['EnablePGDocumentExt', 'CREATE POLICY', 'RLS', 'OPA']) expect(pg).toContain(word)
    expect(pg).not.toMatch(/FOR (UPDATE|DELETE|ALL)/)
    const { errors, code } = await project.run('database', ['--mode', 'mysql'])
    expect([code, errors.trim()]).toEqual([1, '--mode mysql: classic | pg'])
  })

  it('takes the mode from a signed-in CLI, and says so where there is none', async () => {
    const ask = async (answer: unknown) =>
      project.run('database', ['--cloud'], { environment: signIn(answer) })
    const pg = await ask({ data: { EnvList: [{ EnvId: ENV, PostgreSQL: [PG_INSTANCE] }] } })
    expect(pg.output).toContain('PG mode')
    const classic = await ask({ data: { EnvList: [{ EnvId: ENV, Databases: [] }] } })
    expect(classic.output).toContain('classic mode')
    for (const answer of [{ data: { EnvList: [] } }, 'not logged in']) {
      const { errors, code } = await ask(answer)
      expect([code, errors.trim().includes('\n')]).toEqual([1, false])
      expect(errors).toContain('--mode classic | pg')
    }
  })
})

it('npm run doctor -- --cloud finds an environment in PG mode, for which the SDK is too old', {
  timeout: 2 * TIMEOUT_MILLISECONDS,
}, async () => {
  const environment = signIn({ data: { EnvList: [{ EnvId: ENV, PostgreSQL: [PG_INSTANCE] }] } })
  const { output } = await project.run('doctor', ['--json', '--cloud'], { environment })
  const { findings } = JSON.parse(output) as { findings: Finding[] }
  const finding = findings.find(({ found }) => found.includes('SDK_UPGRADE_REQUIRED'))
  expect(finding).toMatchObject({ level: 'error', todo: expect.stringContaining('5.0.1-beta.1') })
})

it('reads the mode of the environment that is asked for, and of no other', () => {
  const others = [{ EnvId: 'other-1', PostgreSQL: [PG_INSTANCE] }]
  expect(modeIn({ EnvList: [...others, { EnvId: ENV }] }, ENV)).toBe('classic')
  expect(modeIn({ EnvInfo: { EnvId: ENV, PostgreSQL: [PG_INSTANCE] } }, ENV)).toBe('pg')
  expect(modeIn({ EnvInfo: { EnvId: ENV, PostgreSQL: [] } }, ENV)).toBe('classic')
  expect(modeIn({ EnvList: others }, ENV)).toBeUndefined()
  expect(modeIn('text', ENV)).toBeUndefined()
})

it.each([
  ['4.0.1', false],
  ['5.0.0', false],
  ['5.0.1-beta.1', true],
  ['5.1.0', true],
  ['6.0.0', true],
])('wx-server-sdk %s works in PG mode: %s', (version, expected) => {
  expect(isSdkForPg(version)).toBe(expected)
})
