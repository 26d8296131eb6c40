import type { Area } from '../core/area.ts'
import type { Commands, Pipeline, Result } from '../core/database.ts'
import { type Question, type QuestionCloud, question } from '../core/question.ts'

/** The forms that most questions of the database have. All of them put documents there first. */

type Settles = readonly string[]

/** Which documents a condition finds: their `_id`s, in order. */
export function finds(
  name: string,
  documents: readonly object[],
  condition: (command: Commands, cloud: QuestionCloud) => unknown,
  settles: Settles = [],
): Question {
  return question(name, {
    area: areaOf(name),
    settles,
    ask: async (cloud) => {
      await cloud.seed(...documents)
      const { data } = await cloud.documents.where(condition(cloud._, cloud)).field({ _id: true }).get()
      return idsOf(data).sort()
    },
  })
}

/** What an update makes of the document `a`, and how many it says to have updated. */
export function updates(
  name: string,
  document: object,
  data: (command: Commands, cloud: QuestionCloud) => unknown,
  settles: Settles = [],
): Question {
  return question(name, {
    area: areaOf(name),
    settles,
    ask: async (cloud) => {
      await cloud.seed({ _id: 'a', ...document })
      const { stats } = await cloud.documents.doc('a').update({ data: data(cloud._, cloud) })
      return { ...stats, document: (await cloud.documents.doc('a').get()).data }
    },
  })
}

/** What an expression gives for the document `a`. */
export function computes(
  name: string,
  document: object,
  expression: (cloud: QuestionCloud) => unknown,
  settles: Settles = [],
): Question {
  return aggregates(
    name,
    [{ _id: 'a', ...document }],
    (pipeline, cloud) => pipeline.project({ _id: 0, value: expression(cloud) }),
    settles,
  )
}

/** What an aggregation gives. */
export function aggregates(
  name: string,
  documents: readonly object[],
  stages: (pipeline: Pipeline, cloud: QuestionCloud) => Pipeline,
  settles: Settles = [],
): Question {
  return question(name, {
    area: areaOf(name),
    settles,
    ask: async (cloud) => {
      await cloud.seed(...documents)
      return (await stages(cloud.documents.aggregate(), cloud).end()).list
    },
  })
}

/** What a value is once it was stored and read. */
export function stores(
  name: string,
  value: (cloud: QuestionCloud) => unknown,
  settles: Settles = [],
): Question {
  return question(name, {
    area: areaOf(name),
    settles,
    ask: async (cloud) => {
      await cloud.documents.add({ data: { _id: 'a', value: value(cloud) } })
      const { data } = await cloud.documents.doc('a').get()
      return data['value']
    },
  })
}

/** Anything else, after documents were put there. */
export function asks(
  name: string,
  documents: readonly object[],
  ask: (cloud: QuestionCloud) => unknown,
  settles: Settles = [],
): Question {
  return question(name, {
    area: areaOf(name),
    settles,
    ask: async (cloud) => {
      await cloud.seed(...documents)
      return ask(cloud)
    },
  })
}

export function idsOf(documents: readonly Result[]): unknown[] {
  return documents.map(({ _id }) => _id)
}

/** A name begins with its area; a test holds the two together. */
function areaOf(name: string): Area {
  return name.split('.')[0] as Area
}
