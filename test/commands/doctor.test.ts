import { chmodSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../scripts/lib/doctor/finding.ts'
import { openapiCalls } from '../../scripts/lib/doctor/functions.ts'
import { withGuardHead } from '../../scripts/lib/guard/guard-head.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { ProjectCopy } from '../support/project-copy.ts'

// The doctor builds, starts a cloud and runs the compiler, which takes long on a busy machine.
const TIMEOUT_MILLISECONDS = 120_000

const SETTINGS = ['--appid', 'wx0123456789abcdef', '--env', 'cloud1-5g2k8x1a9c0d3e7f']
const LEGAL = 'miniprogram/account/legal'
const CHINESE_POLICIES = [`${LEGAL}/user-agreement.ts`, `${LEGAL}/privacy-policy.ts`]
const APP_CONFIG = 'miniprogram/app-config.ts'

function fillIn(project: ProjectCopy): void {
  for (const file of CHINESE_POLICIES) {
    project.write(file, project.read(file).replaceAll(/【[^】]+】/g, '示例公司'))
  }
}

async function findings(project: ProjectCopy): Promise<{ code: number | null; troubles: Finding[] }> {
  const { output, code } = await project.run('doctor', ['--json'])
  const { findings } = JSON.parse(output) as { findings: Finding[] }
  return { code, troubles: findings.filter(({ level }) => level !== 'ok') }
}

const mentions = (troubles: Finding[], word: string) =>
  troubles.filter(({ about, found, todo }) => `${about} ${found} ${todo}`.includes(word))

describe('npm run doctor', { timeout: TIMEOUT_MILLISECONDS }, () => {
  let project: ProjectCopy
  let configWithEnglish: string
  beforeAll(async () => {
    project = new ProjectCopy()
    await project.run('setup', SETTINGS)
    fillIn(project)
    configWithEnglish = project.read(APP_CONFIG)
    change(APP_CONFIG, /\n {2}english: \{[\s\S]*?\n {2}\},/, '')
    await project.run('build')
  }, TIMEOUT_MILLISECONDS)
  afterAll(() => project.remove())
  const change = (path: string, from: string | RegExp, to: string) => project.edit(path, from, to)

  it('of a clone in Chinese alone that is set up, filled in and built finds nothing, tells no secret, and lists what is left', async () => {
    const { output, errors, code } = await project.run('doctor')
    expect(errors).toBe('')
    expect(output).not.toMatch(/^[✗!]/m)
    expect(code).toBe(0)
    for (const secret of Object.values(parseEnv(project.read('.env')))) {
      expect(output).not.toContain(String(secret).replace(/^k1:/, ''))
    }
    expect(output).toContain('ADMINONLY')
    expect(output.match(/https:\/\/developers\.weixin\.qq\.com/g)?.length).toBeGreaterThan(3)
  })

  // The doctor builds everything twice for it.
  it.runIf(isExhaustive)('says which phase a change of keys is in, and what comes next', async () => {
    const about = async () => mentions((await findings(project)).troubles, 'change of keys')
    const before = project.read('.env')
    await project.run('secrets', ['add', '--yes'])
    expect(await about()).toMatchObject([
      {
        level: 'warning',
        found: expect.stringContaining('phase 1'),
        todo: expect.stringContaining('use k2'),
      },
    ])
    await project.run('secrets', ['use', 'k2', '--yes'])
    const [finding, ...others] = await about()
    expect(others).toEqual([])
    expect(finding).toMatchObject({ level: 'warning', found: expect.stringContaining('phase 2') })
    expect(finding?.todo).toContain('drop k1 --numbers-left 0')
    expect(finding?.todo).toMatch(/\d{4}-\d\d-\d\d/)
    project.write('.env', before)
  })

  it('finds what would break production, and names no secret', async () => {
    change('cloudfunctions/trips/trips.ts', /$/, '\nexport const later = 1\nconsole.log(later)\n')
    change('cloudfunctions/login/config.json', '"phonenumber.getPhoneNumber"', '')
    change(
      'cloudfunctions/trips/config.json',
      '"openapi": []',
      '"openapi": ["security.msgSecCheck"] }, "triggers": [{ "name": "t", "type": "timer", "config": "0 0 3 * *" }], "x": {',
    )
    change('.env', /LOGIN_SECRETS=.*/, 'LOGIN_SECRETS=k1:c2VjcmV0')
    change('miniprogram/account/legal/privacy-policy.ts', /$/, "\nexport const open = '【运营者名称】'\n")
    project.write('cloudfunctions/trips/auth-guard.js', withGuardHead('', '0.0.1'))
    change('contract/reason.ts', /$/, "  | 'BRAND_NEW'\n")
    project.write(APP_CONFIG, configWithEnglish)
    await project.shell('git init -q')
    await project.shell('git add -f .env')
    chmodSync(project.path('.env'), 0o644)
    const { code, troubles } = await findings(project)
    expect(code).toBe(1)
    expect(mentions(troubles, 'npm run build')).toMatchObject([{ level: 'error' }, { level: 'warning' }])
    expect(mentions(troubles, '--guard cloudfunctions/trips')).toMatchObject([{ level: 'warning' }])
    expect(mentions(troubles, 'phonenumber.getPhoneNumber')).toMatchObject([{ level: 'error' }])
    expect(mentions(troubles, 'security.msgSecCheck')).toMatchObject([{ level: 'warning' }])
    expect(mentions(troubles, 'cron')).toMatchObject([{ level: 'error' }])
    expect(mentions(troubles, 'shorter than 32 bytes')).toMatchObject([{ level: 'error' }])
    expect(mentions(troubles, '【运营者名称】')).toMatchObject([
      { level: 'error', found: expect.stringContaining(`${LEGAL}/english-user-agreement.ts 【operator】`) },
    ])
    expect(mentions(troubles, 'BRAND_NEW')).toMatchObject([{ level: 'error' }])
    expect(mentions(troubles, 'git rm --cached')).toMatchObject([{ level: 'error' }])
    expect(mentions(troubles, 'chmod 600')).toMatchObject([{ level: 'warning' }])
    expect(troubles).toHaveLength(10)
    expect(JSON.stringify(troubles)).not.toContain('c2VjcmV0')
  })
})

it('of a fresh clone npm run doctor says what to run', { timeout: TIMEOUT_MILLISECONDS }, async () => {
  const project = new ProjectCopy()
  try {
    const { code, troubles } = await findings(project)
    expect(code).toBe(1)
    expect(mentions(troubles, 'npm run setup').length).toBeGreaterThanOrEqual(3)
    expect(mentions(troubles, 'npm run build')).toHaveLength(1)
  } finally {
    project.remove()
  }
})

it('openapi calls are found however they are written', () => {
  const code = `
    import_wx.default.openapi["phonenumber"].getPhoneNumber({ code })
    cloud.openapi.security.msgSecCheck({ content })
    cloud.openapi['wxacode']['get']({})
    cloud.callOpenAPI({ api: "ocr.idcard", data })
    const name = \`openapi.\${paths}\``
  expect(openapiCalls(code)).toEqual([
    'ocr.idcard',
    'phonenumber.getPhoneNumber',
    'security.msgSecCheck',
    'wxacode.get',
  ])
})
