import { accessSync, constants, readFileSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unanswerable } from '../../core/answer.ts'
import { type Question, question } from '../../core/question.ts'

const area = 'environment'
const settles = ['environment-variables']
const places = ['environment-places']

/** Names of variables with a prefix, sorted. */
const names = (what: string, prefix: RegExp): Question =>
  question(`environment.names-${what}`, {
    area,
    settles,
    ask: ({ environment }) =>
      Object.keys(environment)
        .filter((name) => prefix.test(name))
        .sort(),
  })

const value = (what: string, name: string): Question =>
  question(`environment.value-of-${what}`, { area, settles, ask: ({ environment }) => environment[name] })

const USUAL = ['HOME', 'HOSTNAME', 'LANG', 'LC_ALL', 'NODE_ENV', 'NODE_PATH', 'PWD', 'SHELL', 'TZ', 'USER']

/** Whether a host of the internet answers at all. */
function reach(host: string): Promise<string> {
  return new Promise((resolve) => {
    const sent = request({ host, method: 'HEAD', timeout: 700 }, (response) => {
      response.resume()
      resolve('reached')
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve('not reached'))
    sent.end()
  })
}

/** Variables of the process, folders, and the way to the internet. */
export const ENVIRONMENT_QUESTIONS: readonly Question[] = [
  names('tcb', /^TCB_/),
  names('wx', /^WX_/),
  names('tencentcloud', /^TENCENTCLOUD_/),
  names('scf', /^_?SCF_/),
  question('environment.usual-names', {
    area,
    settles,
    ask: ({ environment }) => USUAL.filter((name) => environment[name] !== undefined),
  }),
  value('run-environment', 'TENCENTCLOUD_RUNENV'),
  value('trigger-source', 'TRIGGER_SRC'),
  value('tcb-source', 'TCB_SOURCE'),
  value('tcb-context-keys', 'TCB_CONTEXT_KEYS'),
  value('wx-context-keys', 'WX_CONTEXT_KEYS'),
  value('user-code-root', 'USER_CODE_ROOT'),
  value('time-zone', 'TZ'),
  question('environment.namespace-is-environment', {
    area,
    settles,
    ask: ({ environment }) => environment['SCF_NAMESPACE'] === environment['TCB_ENV'],
  }),
  question('environment.credentials-of-a-called-function', {
    area,
    settles,
    ask: async ({ call, environment }) => {
      const { result } = (await call('credential-hash')) as { result: unknown }
      return { isTheCallers: result === environment['TENCENTCLOUD_SECRETID']?.slice(-4) }
    },
  }),
  question('environment.working-directory', {
    area,
    settles: places,
    ask: () => (process.cwd() === __dirname ? 'the folder of the code' : 'another'),
  }),
  question('environment.code-folder-is-writable', {
    area,
    settles: places,
    ask: () => {
      accessSync(__dirname, constants.W_OK)
      return true
    },
  }),
  question('environment.temporary-folder-is-writable', {
    area,
    settles: places,
    ask: () => {
      const file = join(tmpdir(), 'parity-written.txt')
      writeFileSync(file, 'written')
      const text = readFileSync(file, 'utf8')
      unlinkSync(file)
      return text
    },
  }),
  question('environment.temporary-folder-is-limited', {
    area,
    settles: places,
    ask: () => {
      if (typeof statfsSync !== 'function') throw new Unanswerable('Node before 18.15 has no statfs')
      const { bsize, blocks } = statfsSync(tmpdir())
      return bsize * blocks <= 600 * 1024 * 1024
    },
  }),
  question('environment.reaches-the-internet', {
    area,
    settles: ['environment-network'],
    ask: () => reach('api.weixin.qq.com'),
  }),
]
