import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { projectPath } from '../../scripts/lib/project.ts'
import { scriptParameters } from './script-parameters.ts'

/** `npm run cloud` in a process of its own, to be treated badly. */
export interface CloudProcess {
  process: ChildProcess
  sdkUrl: string
  controlUrl: string
}

export interface CloudProcessOptions {
  /** What no file of it may grow beyond: a disk that is full, for those who may not mount one. */
  largestFileBytes?: number
}

/** Blocks of `ulimit -f`, as POSIX has them. */
const BLOCK_BYTES = 512

/** @throws Error when it ends before it has begun */
export async function startCloudProcess(
  data: string,
  { largestFileBytes }: CloudProcessOptions = {},
): Promise<CloudProcess> {
  const parameters = scriptParameters('cloud', projectPath('.'))
  const command = [process.execPath, ...parameters, '--data', data]
  // Ignored, so that a write beyond the limit fails as on a full disk and does not end the process.
  const limit = `trap '' XFSZ; ulimit -f ${Math.floor((largestFileBytes ?? 0) / BLOCK_BYTES)}; exec "$@"`
  const [program = '', ...words] =
    largestFileBytes === undefined ? command : ['sh', '-c', limit, 'sh', ...command]
  const child = spawn(program, words, { cwd: projectPath('.'), stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the cloud did not start'))),
  ])
  return { process: child, ...JSON.parse(line) }
}

/** `kill -9`. */
export async function killCloud(cloud: CloudProcess): Promise<void> {
  const ended = once(cloud.process, 'exit')
  cloud.process.kill('SIGKILL')
  await ended
}
