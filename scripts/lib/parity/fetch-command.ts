import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { AnswerFileError, partsOf } from '../../../parity/record/answer-file.ts'
import { adviceFor } from '../deployment/failure.ts'
import { invokeFunction } from '../deployment/invoke-function.ts'
import { fail } from '../project.ts'
import { Prompt } from '../prompt.ts'
import { readSettings } from '../settings.ts'
import { PARITY_FUNCTION } from './build-parity.ts'

/** So that an instance is frozen between two parts, which some questions are about. */
const PAUSE_MILLISECONDS = 2000

type Part = Record<string, unknown>

/**
 * `npm run parity -- fetch [answer.json]`: asks part by part by CloudBase CLI, which is signed in to the environment. The
 * token is asked for, so that it stands in no history of a shell. What has come is in the file, also if a later part fails.
 */
export async function runFetch(file: string): Promise<void> {
  const { cloudEnv } = readSettings()
  if (cloudEnv === undefined) fail('请先 npm run setup · run that first')
  const token = await askToken()
  const parts: Part[] = []
  for (let next: number | undefined = 0; next !== undefined; ) {
    if (parts.length > 0) await sleep(PAUSE_MILLISECONDS)
    const part = await fetchPart(cloudEnv, { token, ...(next === 0 ? {} : { next }) })
    parts.push(part)
    writeFileSync(file, `${JSON.stringify(parts, null, 2)}\n`)
    console.log(`第 ${parts.length} 段 part ${parts.length}: ${Object.keys(part['answers'] ?? {}).length}`)
    next = nextOf(part, next)
  }
  console.log(`${file}
比较 compare: npm run parity -- compare ${file}`)
}

async function askToken(): Promise<string> {
  const prompt = new Prompt()
  const token = await prompt.ask('令牌 token: ')
  prompt.close()
  if (!token) fail('没有令牌 · no token: npm run parity -- token')
  return token
}

async function fetchPart(cloudEnv: string, event: object): Promise<Part> {
  const { code, output } = await invokeFunction(cloudEnv, PARITY_FUNCTION, event)
  const part = partIn(output)
  if (code !== 0 || !part) fail(`没有取到答案 · no answer → ${adviceFor(output)}`)
  if (part['refused'] !== undefined)
    fail(`云函数拒绝了 · the function refuses: ${String(part['refused']).slice(0, 64)}`)
  return part
}

/** @returns what the function has answered; undefined if the command has printed no such thing */
function partIn(output: string): Part | undefined {
  try {
    return partsOf(output).find((part) => 'parity' in part)
  } catch (error) {
    if (error instanceof AnswerFileError) return undefined
    throw error
  }
}

/** Each part begins after the one before. */
function nextOf(part: Part, before: number): number | undefined {
  const { next } = part
  if (next === undefined) return undefined
  if (typeof next !== 'number' || !(next > before)) fail('看不懂的答案 · the answer makes no sense: next')
  return next
}
