import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { TestDebugger } from 'wechat-cloud-emulator/testing'
import { COLLECTIONS } from '../../scripts/lib/cloud/collections.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'
import { startProject } from '../support/started-project.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'commands-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const run = (script: string, args: readonly string[], until?: RegExp) =>
  runScript(script, args, until ? { until } : {})

describe('npm run demo', () => {
  it('walks one login, ends, and leaves no process', async () => {
    const { output, errors, code } = await run('demo', ['--data', directory])
    expect(errors).toBe('')
    expect(code).toBe(0)
    for (const step of ['1 ', '2 ', '3 ', '4 ', '5 ']) expect(output).toContain(`\n${step}`)
    expect(output).toContain('"isNewUser": true')
    expect(output).toContain('138****8000')
    expect(output).not.toContain('13800138000')
    expect(output).toContain('3 次顺序往返')
    expect(await processesOf(directory)).toEqual([])
  })

  it('knows the user the second time', async () => {
    await run('demo', ['--data', directory])
    expect((await run('demo', ['--data', directory])).output).not.toContain('"isNewUser": true')
  })
})

describe('npm start', () => {
  it('prints one line with the address of the whole product, and ends cleanly at Ctrl-C', async () => {
    const { output, errors, code } = await run('start', ['--port', '0', '--data', directory], /http\S+/)
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(await processesOf(directory)).toEqual([])
  })

  it('says in one line that the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const port = String((server.address() as { port: number }).port)
    const { errors, code } = await run('start', ['--port', port, '--data', directory])
    server.close()
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain(`port ${port} is taken`)
  })

  it('says in one line that the port of the debuggers is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const port = String((server.address() as { port: number }).port)
    const { errors, code } = await run('start', ['--port', '0', `--inspect=${port}`, '--data', directory])
    server.close()
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain(`port ${port} is taken`)
  })

  it('with --inspect ends at Ctrl-C while a function is stopped', async () => {
    const started = await startProject(projectPath('.'), ['--inspect=0', '--data', directory])
    const [, host = ''] = /debugger: (\S+)/.exec(await started.outputWith(/debugger: \S+/)) ?? []
    const editor = await TestDebugger.attach(host, 'checkToken')
    await editor.request('Debugger.pause')
    const control = new ControlClient(new URL('control', started.address).href)
    const answer = control.post('invoke', { function: 'checkToken', openid: 'oA' })
    const isCut = answer.then(
      () => false,
      () => true,
    )
    await editor.stopped()
    expect(await started.stop()).toBe(0)
    editor.leave()
    expect(await isCut).toBe(true)
    expect(await processesOf(directory)).toEqual([])
  })

  it('says in one line that the folder cannot be written', async () => {
    const file = join(directory, 'a-file')
    writeFileSync(file, '')
    const { errors, code } = await run('start', ['--port', '0', '--data', join(file, 'data')])
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(errors).toContain('--data')
  })

  it('says in one line that the port is none', async () => {
    const { errors, code } = await run('start', ['--port', 'http', '--data', directory])
    expect(code).toBe(1)
    expect(errors.trim().split('\n')).toHaveLength(1)
  })
})

describe('npm run cloud', () => {
  it('prints one line of JSON, and a second one on the same folder is refused in one line', async () => {
    const first = spawn(process.execPath, ['emulator/bin/run.js', 'scripts/cloud.ts', '--data', directory], {
      cwd: projectPath('.'),
    })
    const line = await new Promise<string>((resolve) =>
      first.stdout.once('data', (data) => resolve(String(data))),
    )
    const { sdkUrl, controlUrl } = JSON.parse(line)
    expect(line.trim().split('\n')).toHaveLength(1)
    expect(await (await fetch(`${controlUrl}/clock`)).json()).toMatchObject({ offsetSeconds: 0 })
    expect((await fetch(sdkUrl, { method: 'POST', body: '{}' })).status).toBe(200)
    expect(await (await fetch(`${controlUrl}/collections`)).json()).toMatchObject({
      collections: [...COLLECTIONS].sort().map((name) => ({ name, permission: 'ADMINONLY' })),
    })

    const second = await run('cloud', ['--data', directory])
    expect(second.code).toBe(1)
    expect(second.errors.trim().split('\n')).toHaveLength(1)
    expect(second.errors).toContain(`in use by process ${first.pid}`)
    const ended = new Promise((resolve) => first.once('exit', resolve))
    first.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

/** Command lines of running processes that name the folder. */
async function processesOf(folder: string): Promise<string[]> {
  const listing = await new Promise<string>((resolve) => {
    const ps = spawn('ps', ['-eo', 'args'])
    let text = ''
    ps.stdout.on('data', (data) => {
      text += data
    })
    ps.on('close', () => resolve(text))
    ps.on('error', () => resolve(''))
  })
  return listing.split('\n').filter((line) => line.includes(folder))
}
