import { Worker } from 'node:worker_threads'
import { type Question, question } from '../../core/question.ts'

const area = 'runtime'
const settles = ['runtime-version']

const feature = (what: string, ask: () => unknown): Question =>
  question(`runtime.${what}`, { area, settles, ask })

const isThere = (name: string) => typeof (globalThis as Record<string, unknown>)[name]

function versionName(): string {
  const major = Number(process.versions.node.split('.')[0])
  const known = [20, 18, 16, 14].find((least) => major >= least)
  return known === undefined ? 'before 14' : `${known} or newer`
}

/** Node's version, and what code of this project and of others takes for granted. */
export const FEATURE_QUESTIONS: readonly Question[] = [
  feature('node-version', versionName),
  feature('fetch', () => isThere('fetch')),
  feature('structured-clone', () => isThere('structuredClone')),
  feature('abort-signal-timeout', () => typeof AbortSignal.timeout),
  feature('web-crypto', () => typeof (globalThis as { crypto?: { subtle?: unknown } }).crypto?.subtle),
  feature('web-assembly', () => isThere('WebAssembly')),
  feature('array-at', () => [1, 2].at(-1)),
  feature('array-find-last', () => [1, 2, 3].findLast((item) => item < 3)),
  feature('array-to-sorted', () => typeof [].toSorted),
  feature('error-cause', () => String(new Error('outer', { cause: 'inner' }).cause)),
  feature('regular-expression-lookbehind', () => 'a1'.replace(/(?<=a)1/, '2')),
  feature('regular-expression-of-unicode', () => /^\p{Script=Han}+$/u.test('汉字')),
  feature('named-groups', () => /(?<year>\d+)/.exec('2024')?.groups?.['year']),
  feature('dynamic-import', async () => typeof (await import('node:path')).join),
  feature('worker-threads', () => {
    const worker = new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true })
    return new Promise((resolve, reject) => {
      worker.on('message', resolve)
      worker.on('error', reject)
    })
  }),
  feature('diagnostics-channel', async () => {
    const { channel } = await import('node:diagnostics_channel')
    return channel('parity:nobody').hasSubscribers
  }),
  feature('async-local-storage', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks')
    return new AsyncLocalStorage<number>().run(1, async () => 1)
  }),
]
