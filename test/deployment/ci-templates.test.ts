import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'

const WORKFLOW = 'templates/ci/github-actions.yml'
const SCRIPT = 'templates/ci/deploy.sh'
const KEY_TEXT = 'the-text-of-an-upload-key'

const stepSchema = v.object({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  env: v.optional(v.record(v.string(), v.string())),
})
const workflowSchema = v.object({
  on: v.object({ workflow_dispatch: v.object({ inputs: v.record(v.string(), v.unknown()) }) }),
  jobs: v.record(v.string(), v.object({ needs: v.optional(v.string()), steps: v.array(stepSchema) })),
})
const read = (path: string) => readFileSync(projectPath(path), 'utf8')
const workflow = v.parse(workflowSchema, parse(read(WORKFLOW)))
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** Of `npm run <name> -- <flags>`, in a text. */
function commandsIn(text: string): { name: string; flags: string[] }[] {
  return [...text.matchAll(/npm run ([\w:]+)(.*)/g)].map(([, name = '', rest = '']) => ({
    name,
    flags: rest.match(/--[a-z][a-z-]+/g) ?? [],
  }))
}

describe('the templates for CI', () => {
  it('run commands of this project, with options that these have', async () => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    const given =
      read(SCRIPT)
        .match(/set -- .*/g)
        ?.join(' ') ?? ''
    const commands = commandsIn([...runs, read(SCRIPT), `npm run deploy -- upload ${given}`].join('\n'))
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['doctor', 'deploy']))
    for (const { name, flags } of commands) {
      expect(scripts).toHaveProperty(name)
      if (flags.length === 0) continue
      const { output } = await runScript(name, ['--help'])
      for (const flag of flags) expect(output, `npm run ${name}`).toContain(flag)
    }
  })

  it('send nothing before the checks, and put no input of a person into a shell line', () => {
    expect(workflow.jobs['deploy']?.needs).toBe('check')
    for (const { uses, run = '' } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/)
      expect(run).not.toContain('${{')
    }
  })

  it('the workflow hands over variables that the script reads', () => {
    const handed = steps.flatMap(({ env = {} }) => Object.keys(env))
    expect(handed).toContain('WECHAT_UPLOAD_KEY')
    for (const name of handed) expect(read(SCRIPT)).toContain(`\${${name}:`)
  })
})

describe.runIf(process.platform !== 'win32')('templates/ci/deploy.sh', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'ci-'))
    // Instead of npm: writes down what it is asked, the key's text and mode, and ends with the code in `code`.
    const npm = `#!/bin/sh
printf '%s\\n' "$@" > ${directory}/asked
for argument in "$@"; do case $argument in /*) ls -l "$argument" > ${directory}/key; cat "$argument" >> ${directory}/key;; esac; done
printf '%s' "\${WECHAT_UPLOAD_KEY-unset}" > ${directory}/environment
exit "$(cat ${directory}/code)"
`
    writeFileSync(join(directory, 'npm'), npm)
    chmodSync(join(directory, 'npm'), 0o755)
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  function run(environment: Record<string, string>, code = 0) {
    rmSync(join(directory, 'asked'), { force: true })
    writeFileSync(join(directory, 'code'), String(code))
    const { status, stdout, stderr } = spawnSync('sh', [projectPath(SCRIPT)], {
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: `${directory}${delimiter}${process.env['PATH']}`, TMPDIR: directory, ...environment },
    })
    const file = join(directory, 'asked')
    const asked = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    return { status, printed: stdout + stderr, asked }
  }

  it.each([
    [{}, ['preview', '--yes']],
    [
      { ACTION: 'upload', VERSION: '1.2.3', DESCRIPTION: '修复 登录' },
      ['upload', '--version', '1.2.3', '--desc', '修复 登录'],
    ],
    [{ ACTION: 'functions' }, ['--created-in-devtools', '--secrets-in-console']],
  ])('with %j asks for %j; the key is in a file of its own until the end', (environment, expected) => {
    const { status, asked, printed } = run({ ...environment, WECHAT_UPLOAD_KEY: KEY_TEXT })
    expect(status).toBe(0)
    expect(asked.slice(0, 2)).toEqual(['run', 'deploy'])
    expect(asked).toEqual(expect.arrayContaining(expected))
    const [mode = '', text] = readFileSync(join(directory, 'key'), 'utf8').split('\n')
    expect(mode).toMatch(/^-rw-------/)
    expect(text).toBe(KEY_TEXT)
    expect(readFileSync(join(directory, 'environment'), 'utf8')).toBe('unset')
    expect(existsSync(asked[asked.indexOf('--key') + 1] ?? '/')).toBe(false)
    expect(printed).not.toContain(KEY_TEXT)
  })

  it('fails where npm fails, without a key, and for another action', () => {
    expect(run({ WECHAT_UPLOAD_KEY: KEY_TEXT }, 1).status).not.toBe(0)
    expect(run({})).toMatchObject({ asked: [], printed: expect.stringContaining('WECHAT_UPLOAD_KEY') })
    expect(run({ ACTION: 'remove', WECHAT_UPLOAD_KEY: KEY_TEXT })).toMatchObject({ status: 1, asked: [] })
  })
})
