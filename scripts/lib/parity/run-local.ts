import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CloudOptions, makeCollections, startCloud } from 'wechat-cloud-emulator'
import { type CallResult, ControlClient } from 'wechat-cloud-emulator/control'
import type { Answers } from '../../../parity/core/answer.ts'
import type { PartAnswer, Refusal } from '../../../parity/core/run-answer.ts'
import { TOKEN_VARIABLE } from '../../../parity/core/token-hash.ts'
import { buildParity, makeToken, PARITY_FUNCTION } from './build-parity.ts'

/** What is to be made in the console before a run. */
const PARITY_COLLECTIONS = {
  parity_unique: {
    permission: 'ADMINONLY',
    indexes: [{ name: 'key_1', unique: true, sparse: false, keys: [{ field: 'key', direction: 1 }] }],
  },
} as const

/** A whole run on the emulator. */
export interface LocalRun {
  answers: Answers
  /** As they came, one a call. */
  parts: readonly PartAnswer[]
  /** The longest call, in milliseconds. */
  longestMilliseconds: number
  /** How many documents are there afterwards, by collection that is not empty. */
  documentsLeft: Readonly<Record<string, number>>
  filesLeft: readonly string[]
}

/**
 * Builds the function, and runs it in a cloud of its own, part by part, as 云端测试 does.
 * @param options further options of the cloud
 * @param only names of the questions; all by default
 * @throws Error when the function refuses or fails
 */
export async function runLocally(
  options: Partial<CloudOptions> = {},
  only: readonly string[] = [],
): Promise<LocalRun> {
  const directory = mkdtempSync(join(tmpdir(), 'parity-'))
  try {
    const functionsDirectory = join(directory, 'functions')
    const { token, kept } = makeToken(Date.now())
    await buildParity(functionsDirectory)
    const cloud = await startCloud({
      outlivesMachine: false,
      dataDirectory: join(directory, 'data'),
      functionsDirectory,
      variables: { [TOKEN_VARIABLE]: kept },
      ...options,
    })
    try {
      makeCollections(cloud, PARITY_COLLECTIONS)
      const control = new ControlClient(cloud.controlUrl)
      const run = await runParts(control, token, only)
      const filled = cloud.database.collections().filter(({ documentCount }) => documentCount > 0)
      return {
        ...run,
        documentsLeft: Object.fromEntries(filled.map(({ name, documentCount }) => [name, documentCount])),
        filesLeft: (await control.get('storage/files')).files.map(({ path }) => path),
      }
    } finally {
      await cloud.close()
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function runParts(
  control: ControlClient,
  token: string,
  only: readonly string[],
): Promise<Omit<LocalRun, 'documentsLeft' | 'filesLeft'>> {
  const parts: PartAnswer[] = []
  let longestMilliseconds = 0
  let next: number | undefined = 0
  while (next !== undefined) {
    const startedAt = performance.now()
    const { result, errMsg } = await callPart(control, { token, next, only, patience: 20 })
    longestMilliseconds = Math.max(longestMilliseconds, performance.now() - startedAt)
    const part = result as PartAnswer | Refusal | undefined
    if (!part || 'refused' in part)
      throw new Error(`part ${next}: ${part?.message ?? errMsg ?? 'the function has answered nothing'}`)
    parts.push(part)
    // As the platform does while a run is open.
    if (parts.length === 1) await control.post('timer', { function: PARITY_FUNCTION })
    next = part.next
  }
  return { answers: Object.assign({}, ...parts.map(({ answers }) => answers)), parts, longestMilliseconds }
}

/** On a busy machine a part may run out of time. Asked again, it begins with what is left removed. */
async function callPart(control: ControlClient, data: object): Promise<CallResult> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await control.post('invoke', {
      function: PARITY_FUNCTION,
      data,
    })
    if (answer.result !== undefined || attempt === 3) return answer
  }
}
