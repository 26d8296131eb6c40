import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../parity/catalogue.ts'
import { catalogueHash } from '../../parity/core/catalogue-hash.ts'
import { EMULATOR_HALF, readHalf } from '../../parity/record/emulator-half.ts'
import { madeUpAnswers } from '../../parity/record/made-up-cloud.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { ProjectCopy } from '../support/project-copy.ts'

// Each command builds first, which takes long on a busy machine.
const TIMEOUT_MILLISECONDS = 120_000
const ENV = 'cloud1-5g2k8x1a9c0d3e7f'
const BUILT = 'dist/parity/parity'
const TOKEN = `${BUILT}/token.json`
const LOG = 'npx.log'
/** A copy of the file that the CLI was given last. */
const GIVEN = 'given.json'

let project: ProjectCopy
let environment: Record<string, string>

beforeAll(async () => {
  project = new ProjectCopy()
  await project.run('setup', ['--appid', 'wx0123456789abcdef', '--env', ENV])
  environment = { PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}` }
  // Instead of npx, which would go to the network: writes down its arguments and the last of them, if it is a file, and
  // prints what `answered` says.
  mkdirSync(project.path('bin'))
  const shell = `#!/bin/sh
echo "$@" >> ${project.path(LOG)}
for last; do :; done
if [ -f "$last" ]; then cp "$last" ${project.path(GIVEN)}; fi
cat ${project.path('answered.txt')}
`
  writeFileSync(project.path('bin/npx'), shell, { mode: 0o755 })
}, TIMEOUT_MILLISECONDS)
afterAll(() => project.remove())
beforeEach(() => {
  for (const path of ['dist/parity', LOG]) rmSync(project.path(path), { recursive: true, force: true })
  answered('')
})

const answered = (text: string) => project.write('answered.txt', text)
const parity = (...args: string[]) => project.run('parity', args, { environment })
const makeToken = async () => {
  const { output } = await parity('token')
  return /[\w-]{43}/.exec(output)?.[0] ?? ''
}

describe('npm run parity', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('builds the function apart from the product, and says that it has no token', async () => {
    const run = await parity('build')
    expect(run).toMatchObject({ errors: '', code: 0 })
    expect(run.output).toContain('npm run parity -- token')
    expect(project.has(`${BUILT}/index.js`)).toBe(true)
    expect(project.has('dist/cloudfunctions/parity')).toBe(false)
  })

  it('shows a token once and keeps its hash alone, which a later build leaves there', async () => {
    const token = await makeToken()
    const kept = project.read(TOKEN)
    expect(kept).toMatch(/[0-9a-f]{64}/)
    expect(kept).not.toContain(token)
    const { output } = await parity('build')
    expect(output).not.toContain('npm run parity -- token')
    expect(project.read(TOKEN)).toBe(kept)
    expect(await makeToken()).not.toBe(token)
    expect(project.read(TOKEN)).not.toBe(kept)
  })

  it('deploys nothing without a token, and nothing without --yes', async () => {
    const early = await parity('deploy', '--yes')
    expect(early.code).toBe(1)
    expect(early.errors.trim().split('\n')).toEqual([expect.stringContaining('npm run parity -- token')])
    const token = await makeToken()
    const dry = await parity('deploy')
    expect(dry).toMatchObject({ errors: '', code: 0 })
    expect(dry.output).toContain(`fn deploy parity --force --yes -e ${ENV}`)
    expect(existsSync(project.path(LOG))).toBe(false)
    const sent = await parity('deploy', '--yes')
    expect(sent).toMatchObject({ errors: '', code: 0 })
    expect(project.read(LOG)).toMatch(
      /tcb fn deploy parity --force --yes -e cloud1-5g2k8x1a9c0d3e7f --config-file/,
    )
    for (const { output } of [dry, sent]) expect(output).not.toContain(token)
  })

  it('fetches the parts by the CloudBase CLI, with a token that no list of processes shows', async () => {
    const part = {
      parity: 1,
      catalogue: 'c',
      answers: { 'query.eq': { value: ['b'] } },
      notRemoved: [],
      todo: '',
    }
    answered(`[login] 调用成功\n返回结果 RetMsg: ${JSON.stringify(part)}\n`)
    const run = await project.run('parity', ['fetch', 'fetched.json'], { environment, input: 'the-token\n' })
    expect(run).toMatchObject({ errors: '', code: 0 })
    expect(run.output).not.toContain('the-token')
    expect(JSON.parse(project.read('fetched.json'))).toEqual([part])
    expect(project.read(LOG)).toContain(`tcb fn invoke parity -e ${ENV} --config-file`)
    expect(project.read(LOG)).not.toContain('the-token')
    expect(JSON.parse(project.read(GIVEN))).toMatchObject({
      functions: [{ name: 'parity', params: { token: 'the-token' } }],
    })
  })

  it.each([
    ['a function that refuses', '{"parity": 1, "refused": "TOKEN_USED", "message": ""}', /TOKEN_USED/],
    ['a CLI that is not signed in', '[login] 未登录', /docs\/zh-CN\/troubleshooting|login/],
    ['an answer that would be asked for again and again', '{"parity": 1, "answers": {}, "next": 0}', /next/],
  ])('says in one line what is wrong with %s', async (_name, printed, why) => {
    answered(printed)
    const run = await project.run('parity', ['fetch', 'refused.json'], { environment, input: 'the-token\n' })
    expect(run.code).toBe(1)
    expect(run.errors.trim()).toMatch(why)
    expect(run.errors.trim().split('\n')).toHaveLength(1)
  })

  it('writes what the emulator can follow, and refuses a file that it cannot read', async () => {
    const emulator = readHalf(projectPath(EMULATOR_HALF))
    const text = madeUpAnswers(emulator, catalogueHash(CATALOGUE.map(({ name }) => name)))
    project.write('answer.json', text)
    const { output, code } = await parity('compare', 'answer.json', '--write')
    expect(code).toBe(0)
    expect(output).toContain('10 处不同，模拟器能照做 9 处')
    expect(JSON.parse(project.read('parity/differences.json')).differences).toHaveLength(10)
    expect(JSON.parse(project.read('parity/answers/cloud.json'))).toMatchObject({
      'update.push-null': { value: { updated: 1 } },
    })
    project.write('answer.json', text.slice(0, 1000))
    for (const file of ['answer.json', 'none.json']) {
      const refused = await parity('compare', file)
      expect(refused.code).toBe(1)
      expect(refused.errors.trim().split('\n')).toEqual([expect.stringContaining(file)])
    }
  })
})
