import type { Answer } from '../core/answer.ts'
import type { Json } from '../core/json.ts'

/** A behaviour that the emulator has a switch for, as a cloud's answer shows it. */
export interface Behaviour {
  readonly kind: 'count' | 'behaviour'
  readonly name: string
  readonly value: Json
  readonly [field: string]: Json
}

type Reader = (value: Json) => Behaviour | undefined

const READERS: Readonly<Record<string, Reader>> = {
  'update.unchanged-document-counts': (value) => {
    const updated = numberIn(value, 'updated')
    return updated === undefined ? undefined : count('updatedCounts', updated === 0 ? 'changed' : 'matched')
  },
  'set.unchanged-counts': (value) => {
    const updated = numberIn(fieldOf(value, 'stats'), 'updated')
    return updated === undefined ? undefined : count('unchangedSetCounts', updated > 0)
  },
  // Of 25 documents.
  'stage.results-without-limit': (value) =>
    typeof value === 'number' ? count('aggregateLimit', value >= 25 ? 0 : value) : undefined,
  // The SDK itself asks for 100.
  'limit.documents-without-limit': (value) =>
    typeof value === 'number' && value > 0 && value < 100 ? count('readLimit', value) : undefined,
  'update.without-where': (value) =>
    numberIn(value, 'updated') === 3 ? behaviour('withoutCondition', 'all') : undefined,
  'transaction.failed-write-ends-it': (value) =>
    Array.isArray(value) && value[1] === 'committed'
      ? behaviour('failedWriteEndsTransaction', false)
      : undefined,
}

/** @returns undefined when no switch of the emulator does what the answer says */
export function readBehaviour(question: string, answer: Answer): Behaviour | undefined {
  return 'value' in answer ? READERS[question]?.(answer.value) : undefined
}

function count(name: string, value: Json): Behaviour {
  return { kind: 'count', name, value }
}

function behaviour(name: string, value: Json): Behaviour {
  return { kind: 'behaviour', name, value }
}

function fieldOf(value: Json, name: string): Json {
  const fields = value as { readonly [key: string]: Json } | null
  return typeof fields === 'object' && fields !== null ? (fields[name] ?? null) : null
}

function numberIn(value: Json, name: string): number | undefined {
  const found = fieldOf(value, name)
  return typeof found === 'number' ? found : undefined
}
