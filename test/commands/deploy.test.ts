import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ProjectCopy, type Run } from '../support/project-copy.ts'

// Each command builds first, which takes long on a busy machine.
const TIMEOUT_MILLISECONDS = 120_000
const APPID = 'wx0123456789abcdef'
const ENV = 'cloud1-5g2k8x1a9c0d3e7f'
const KEY = `private.${APPID}.key`

let project: ProjectCopy
let environment: Record<string, string>

beforeAll(async () => {
  project = new ProjectCopy()
  await project.run('setup', ['--appid', APPID, '--env', ENV])
  environment = { PATH: `${project.path('bin')}${delimiter}${process.env['PATH']}` }
}, TIMEOUT_MILLISECONDS)
afterAll(() => project.remove())
beforeEach(() => {
  npx(0)
  rmSync(project.path(KEY), { force: true })
})

const LOG = 'npx.log'

/** Replaces npx, which would go to the network: writes down its arguments, and ends with `code`. */
function npx(code: number): void {
  mkdirSync(project.path('bin'), { recursive: true })
  writeFileSync(project.path('bin/npx'), `#!/bin/sh\necho "$@" >> ${project.path(LOG)}\nexit ${code}\n`, {
    mode: 0o755,
  })
  rmSync(project.path(LOG), { force: true })
}

const asked = () => (existsSync(project.path(LOG)) ? project.read(LOG).trim().split('\n') : [])
const secrets = () => {
  const { LOGIN_SECRETS = '', INDEX_SECRET = '' } = parseEnv(project.read('.env'))
  return [LOGIN_SECRETS.replace(/^k1:/, ''), INDEX_SECRET]
}

function expectNoSecret({ output, errors }: Run): void {
  for (const secret of secrets()) {
    expect(secret).toHaveLength(43)
    expect(output + errors).not.toContain(secret)
  }
}

describe('npm run deploy', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('shows every file with size and hash and the names of variables, and sends nothing', async () => {
    const run = await project.run('deploy', [], { environment })
    expect(run).toMatchObject({ errors: '', code: 0 })
    for (const name of ['login', 'checkToken', 'logout', 'trips']) {
      const file = join(project.path('dist/cloudfunctions'), name, 'index.js')
      const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
      expect(run.output).toContain(`${(statSync(file).size / 1024).toFixed(1)} KB  ${hash.slice(0, 16)}`)
      expect(run.output).toContain(`--name ${name} --path dist/cloudfunctions/${name}`)
    }
    expect(run.output).toContain('INDEX_SECRET, LOGIN_SECRETS')
    expect(run.output).toContain('openapi: phonenumber.getPhoneNumber')
    expectNoSecret(run)
    expect(asked()).toEqual([])
  })

  it('without the upload key says where to get it', async () => {
    const { errors, code } = await project.run('deploy', ['--yes', '--created-in-devtools'], { environment })
    expect(code).toBe(1)
    expect(errors).toContain(KEY)
    expect(errors.trim()).not.toContain('\n')
    expect(asked()).toEqual([])
  })

  it.each(['no\n', ''])(
    'creates nothing: unless the user confirms that all exist (%j), it does not send',
    async (input) => {
      project.write(KEY, 'a key')
      const { errors, code } = await project.run('deploy', ['--yes'], { environment, input })
      expect(code).toBe(1)
      expect(errors).toContain('上传并部署')
      expect(asked()).toEqual([])
    },
  )

  it('updates the named functions, by the exact commands it has shown', async () => {
    project.write(KEY, 'a key')
    const args = ['--yes', '--function', 'login', '--function', 'trips']
    const run = await project.run('deploy', args, { environment, input: 'yes\n' })
    expect(run).toMatchObject({ errors: '', code: 0 })
    expect(asked()).toHaveLength(2)
    for (const command of asked()) {
      expect(run.output).toContain(`npx ${command}`)
      expect(command).toContain(`--pkp ${KEY} --appid ${APPID} --env ${ENV}`)
    }
    expectNoSecret(run)
  })

  it('stops at the first function that fails', async () => {
    project.write(KEY, 'a key')
    npx(1)
    const { errors, code } = await project.run('deploy', ['--yes', '--created-in-devtools'], { environment })
    expect(code).toBe(1)
    expect(errors).toContain('troubleshooting')
    expect(asked()).toHaveLength(1)
  })

  it('refuses a function that is not there, and secrets that functions refuse', async () => {
    expect((await project.run('deploy', ['--function', 'nothing'], { environment })).code).toBe(1)
    const good = project.read('.env')
    project.edit('.env', /INDEX_SECRET=.*/, 'INDEX_SECRET=short')
    const { errors, code } = await project.run('deploy', [], { environment })
    project.write('.env', good)
    expect(code).toBe(1)
    expect(errors).toContain('INDEX_SECRET')
    expect(errors.trim()).not.toContain('\n')
  })
})

describe('npm run deploy:cli', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('writes a configuration with references instead of secrets, and sends nothing', async () => {
    const run = await project.run('deploy-cli', ['--runtime', 'Nodejs20.19'], { environment })
    expect(run).toMatchObject({ errors: '', code: 0 })
    expectNoSecret(run)
    const text = project.read('dist/cloudbaserc.json')
    for (const secret of secrets()) expect(text).not.toContain(secret)
    const { envId, functionRoot, functions } = JSON.parse(text)
    expect({ envId, functionRoot }).toEqual({ envId: ENV, functionRoot: 'dist/cloudfunctions' })
    expect(functions).toContainEqual({
      name: 'login',
      handler: 'index.main',
      runtime: 'Nodejs20.19',
      timeout: 5,
      memorySize: 256,
      installDependency: false,
      ignore: ['env.json'],
      envVariables: { INDEX_SECRET: '{{env.INDEX_SECRET}}', LOGIN_SECRETS: '{{env.LOGIN_SECRETS}}' },
    })
    expect(asked()).toEqual([])
  })

  it('with --yes runs the command it has shown; timers, time limits and runtimes of config.json go along', async () => {
    const timer = { name: 'nightly', type: 'timer', config: '0 0 3 * * * *' }
    const config = { permissions: { openapi: [] }, triggers: [timer], timeout: 20, runtime: 'Nodejs24.11' }
    project.write('cloudfunctions/trips/config.json', JSON.stringify(config))
    const run = await project.run('deploy-cli', ['--yes', '--function', 'trips'], { environment })
    expect(run).toMatchObject({ errors: '', code: 0 })
    expect(asked()).toHaveLength(1)
    expect(run.output).toContain(`npx ${asked()[0]}`)
    const { functions } = JSON.parse(project.read('dist/cloudbaserc.json'))
    expect(functions).toMatchObject([
      { name: 'trips', timeout: 20, triggers: [timer], runtime: 'Nodejs24.11' },
    ])
  })

  it('writes no variables when the secrets are in the console', async () => {
    await project.run('deploy-cli', ['--secrets-in-console'], { environment })
    expect(project.read('dist/cloudbaserc.json')).not.toContain('envVariables')
  })

  it('refuses a runtime that the functions are not tested on', async () => {
    expect((await project.run('deploy-cli', ['--runtime', 'Nodejs8.9'], { environment })).code).toBe(1)
    project.write('cloudfunctions/trips/config.json', '{"runtime": "Nodejs12.16"}')
    const { errors, code } = await project.run('deploy-cli', ['--function', 'trips'], { environment })
    expect([errors.trim(), code]).toEqual([
      expect.stringMatching(/^.*trips.*Nodejs12\.16.*Nodejs16\.13.*$/),
      1,
    ])
  })

  it('sends a runtime that no document names, and says so', async () => {
    const flags = ['--function', 'trips', '--runtime', 'Nodejs26.1']
    const { errors, code } = await project.run('deploy-cli', flags, { environment })
    expect([errors.trim(), code]).toEqual([expect.stringMatching(/^trips Nodejs26\.1: .*no document.*$/), 0])
    expect(JSON.parse(project.read('dist/cloudbaserc.json')).functions[0].runtime).toBe('Nodejs26.1')
  })
})

describe('a clone that is not set up', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it.each(['deploy', 'deploy-cli'])('is reported in one line by %s', async (script) => {
    const fresh = new ProjectCopy()
    const { errors, code } = await fresh.run(script)
    fresh.remove()
    expect(code).toBe(1)
    expect(errors.trim()).not.toContain('\n')
    expect(errors).toContain('npm run setup')
  })
})
