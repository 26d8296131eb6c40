import { databaseCall } from './call.ts'
import type { DatabaseConnection } from './connection.ts'
import { encodeQuery } from './encode-query.ts'
import { decodeDocument, encodeValue, type Fields, isPlain } from './values.ts'

const STAGES = [
  'addFields',
  'bucket',
  'bucketAuto',
  'count',
  'geoNear',
  'group',
  'limit',
  'lookup',
  'match',
  'project',
  'replaceRoot',
  'sample',
  'skip',
  'sort',
  'sortByCount',
  'unwind',
] as const

type Stages = { [Name in (typeof STAGES)[number]]: (value: unknown) => Aggregate }

/** A pipeline: stages by their names, then `end()`, or `done()` for one inside a `lookup`. */
export interface Aggregate extends Stages {
  end(options?: unknown): Promise<object> | undefined
  done(): object[]
}

/** @param run sends the stages; missing for a pipeline inside another */
export function aggregate(
  run?: (stages: object[]) => Promise<object>,
  stages: readonly Fields[] = [],
): Aggregate {
  const add = (name: (typeof STAGES)[number]) => (value: unknown) =>
    aggregate(run, [...stages, { [`$${name}`]: encodeStage(name, value) }])
  return {
    ...(Object.fromEntries(STAGES.map((name) => [name, add(name)])) as Stages),
    done: () => [...stages],
    end: (options) =>
      databaseCall('collection.aggregate', options, () => {
        if (!run) throw new Error('a pipeline without a collection ends with done()')
        return run(stages.map(wireStage))
      }),
  }
}

function encodeStage(name: string, value: unknown): unknown {
  if (name === 'match') return encodeQuery(value)
  if (name !== 'geoNear' || !isPlain(value)) return encodeValue(value)
  const { query, ...options } = value
  return {
    ...(encodeValue(options) as Fields),
    ...(query === undefined ? {} : { query: encodeQuery(query) }),
  }
}

function wireStage(stage: Fields): object {
  const [[stageKey, value] = ['', undefined]] = Object.entries(stage)
  return { stageKey, stageValue: JSON.stringify(value) }
}

export async function sendPipeline(
  connection: DatabaseConnection,
  collectionName: string,
  stages: object[],
): Promise<object> {
  const { list } = await connection.send('aggregateDocuments', { collectionName, stages })
  return { list: (list as unknown[]).map((text) => decodeDocument(text, false)) }
}

/** `_.aggregate`: each operator of the service by its name, and `pipeline()`. */
export const AGGREGATE_COMMANDS: object = new Proxy(
  {},
  {
    get(_, name) {
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined
      if (name === 'pipeline') return () => aggregate()
      return (operand: unknown) => ({ [`$${name}`]: operand })
    },
  },
)
