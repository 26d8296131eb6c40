import { chmodSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { ProjectCopy } from '../support/project-copy.ts'

const APPID = 'wx0123456789abcdef'
const ENV = 'cloud1-5g2k8x1a9c0d3e7f'
const CONFIG = 'miniprogram/app-config.ts'

let project: ProjectCopy
beforeEach(() => {
  project = new ProjectCopy()
})
afterEach(() => project.remove())

const secretsOf = () => Object.values(parseEnv(project.read('.env'))).map(String)

describe('npm run setup', () => {
  it('writes both values and secrets that the functions accept, and changes nothing else', async () => {
    const config = project.read(CONFIG)
    const projectConfig = project.read('project.config.json')
    const { output, errors, code } = await project.run('setup', ['--appid', APPID, '--env', ENV])
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(project.read(CONFIG)).toBe(config.replace("cloudEnv: ''", `cloudEnv: '${ENV}'`))
    expect(project.read('project.config.json')).toBe(projectConfig.replace('touristappid', APPID))
    expect(readSecrets(parseEnv(project.read('.env'))).login).toHaveLength(1)
    expect(statSync(project.path('.env')).mode & 0o077).toBe(0)
    for (const secret of secretsOf()) expect(output).not.toContain(secret)
    expect(output).toContain('npm run doctor')
  })

  it('asks, explains what is no appid, and takes what is typed', async () => {
    const input = `wx123\n${APPID}\n\n${ENV}\n`
    const { output, code } = await project.run('setup', [], { input })
    expect(code).toBe(0)
    expect(output).toContain('mp.weixin.qq.com')
    expect(project.read(CONFIG)).toContain(`cloudEnv: '${ENV}'`)
    expect(project.read('project.config.json')).toContain(APPID)
  })

  it('run again keeps everything, also when it asks and Enter is pressed', async () => {
    await project.run('setup', ['--appid', APPID, '--env', ENV])
    const files = ['.env', CONFIG, 'project.config.json']
    const before = files.map((file) => project.read(file))
    chmodSync(project.path('.env'), 0o644)
    expect((await project.run('setup', ['--yes'])).code).toBe(0)
    expect((await project.run('setup', [], { input: '\n\n' })).code).toBe(0)
    expect(files.map((file) => project.read(file))).toEqual(before)
    expect(statSync(project.path('.env')).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['an appid that is none', ['--appid', 'wx0123', '--env', ENV]],
    ['an environment’s name instead of its id', ['--appid', APPID, '--env', 'cloud1']],
    ['nothing to keep', ['--yes']],
  ])('refuses %s in one line, and writes nothing', async (_name, args) => {
    const before = project.read('project.config.json')
    const { errors, code } = await project.run('setup', args)
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(project.has('.env')).toBe(false)
    expect(project.read('project.config.json')).toBe(before)
  })

  it('says that nothing was written when the answers end', async () => {
    const { code } = await project.run('setup', [], { input: `${APPID}\n` })
    expect(code).toBe(1)
    expect(project.has('.env')).toBe(false)
  })

  it('writes nothing that git would take, nor would it take an upload key', async () => {
    await project.run('setup', ['--appid', APPID, '--env', ENV])
    project.write(`private.${APPID}.key`, 'a key')
    await project.shell('git init -q')
    const { output } = await project.shell('git status --porcelain --untracked-files=all')
    expect(output).toContain('project.config.json')
    expect(output).not.toMatch(/\.env|\.key/)
  })

  it('adds secrets to a .env that has other things, and refuses one with half of them', async () => {
    project.write('.env', 'PHONE_REQUIRED=false')
    chmodSync(project.path('.env'), 0o666)
    await project.run('setup', ['--appid', APPID, '--env', ENV])
    expect(statSync(project.path('.env')).mode & 0o777).toBe(0o600)
    expect(parseEnv(project.read('.env'))).toMatchObject({
      PHONE_REQUIRED: 'false',
      INDEX_SECRET: expect.any(String),
    })
    project.write('.env', 'LOGIN_SECRETS=k1:abc\n')
    expect((await project.run('setup', ['--yes'])).code).toBe(1)
    expect(project.read('.env')).toBe('LOGIN_SECRETS=k1:abc\n')
  })
})
