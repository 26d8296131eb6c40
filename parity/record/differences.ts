import type { AnsweredError } from '../core/answer.ts'
import type { Json } from '../core/json.ts'
import { readBehaviour } from './behaviours.ts'
import type { Row } from './compare.ts'
import { codeOf, messageOf } from './sdk-error.ts'

/** What the emulator can be started with: `--follow FILE`. It names the questions of the kind `other`, and follows the rest. */
export interface DifferencesFile {
  readonly format: 1
  readonly differences: readonly { readonly question: string; readonly kind: string }[]
}

export function differencesOf(rows: readonly Row[]): DifferencesFile {
  const differences = rows
    .filter(({ status }) => status === 'differs' || status === 'message')
    .map((row) => ({ question: row.question, ...describe(row) }))
  return { format: 1, differences }
}

type Described = { readonly kind: string } & { readonly [field: string]: Json }

function describe({ question, emulator, cloud }: Row): Described {
  const behaviour = cloud && readBehaviour(question, cloud)
  if (behaviour) return behaviour
  if (emulator && cloud && 'error' in emulator && 'error' in cloud) {
    const followed = errorDifference(emulator.error, cloud.error)
    if (followed) return followed
  }
  return { kind: 'other', emulator: emulator as unknown as Json, cloud: cloud as unknown as Json }
}

/** @returns undefined for an error that the SDK itself throws, before or without a request */
function errorDifference(ours: AnsweredError, theirs: AnsweredError): Described | undefined {
  const [own, other] = [messageOf(ours), messageOf(theirs)]
  if (!own || !other) return undefined
  const isSameNumber = ours.errCode === theirs.errCode && ours.code === theirs.code
  const code = isSameNumber ? undefined : codeOf(theirs)
  return {
    kind: 'error',
    ...(own.action === undefined ? {} : { action: own.action }),
    emulator: own.message,
    ...(code === undefined ? {} : { code }),
    message: other.message,
  }
}
