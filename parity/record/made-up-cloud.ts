import type { Answer, Answers } from '../core/answer.ts'

/** A made-up cloud: as the emulator, but for these ten answers. */
const TEN: Answers = {
  'update.unchanged-document-counts': { value: { updated: 1 } },
  'set.unchanged-counts': {
    value: { _id: 'a', errMsg: 'document.set:ok', stats: { updated: 0, created: 0 } },
  },
  'stage.results-without-limit': { value: 25 },
  'limit.documents-without-limit': { value: 20 },
  'update.without-where': { value: { updated: 3 } },
  'transaction.failed-write-ends-it': {
    value: [
      { errCode: -502001 },
      'committed',
      [
        { _id: 'a', n: 1 },
        { _id: 'b', n: 1 },
      ],
    ],
  },
  'update.inc-text': {
    error: {
      errCode: -502001,
      text: 'document.update:fail -502001 database request fail. [FailedOperation.Update] Cannot apply $inc',
    },
  },
  'query.or-of-nothing': {
    error: { errCode: -501007, text: 'collection.get:fail -501007 invalid parameters. $or is empty' },
  },
  'expression.divide-by-zero': {
    error: {
      errCode: -1,
      code: 'DATABASE_TIMEOUT',
      text: 'collection.aggregate:fail [FailedOperation] division',
    },
  },
  'update.push-null': { value: { updated: 1, document: { _id: 'a', l: [1] } } },
}

/** The file as a developer pastes it: parts one after another. One question was not asked. */
export function madeUpAnswers(emulator: Answers, catalogue: string): string {
  const cloud: Record<string, Answer> = { ...emulator, ...TEN }
  delete cloud['query.eq']
  const names = Object.keys(cloud)
  const parts = [names.slice(0, 300), names.slice(300)].map((some) => ({
    parity: 1,
    catalogue,
    answers: Object.fromEntries(some.map((name) => [name, cloud[name]])),
    notRemoved: [],
    todo: '',
  }))
  return parts.map((part) => JSON.stringify(part, null, 2)).join('\n\n')
}

export const TEN_NAMES = Object.keys(TEN)
