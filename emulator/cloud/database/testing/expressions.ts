import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from './database-server.ts'

/** What a missing value is in a table: no field at all. */
export const MISSING = Symbol('missing')

/** Expressions, each with what it gives of the document. */
export type Cases = readonly (readonly [expression: unknown, value: unknown])[]

export interface ExpressionTable {
  readonly document?: object
  readonly cases?: Cases
  /** What MongoDB refuses when it meets the document. */
  readonly refused?: readonly unknown[]
  /** What MongoDB refuses whatever documents there are, also when there are none. */
  readonly malformed?: readonly unknown[]
}

/** For tests: runs tables of expressions through the real SDK, as the value of a projected field. */
export function testExpressions(tables: Readonly<Record<string, ExpressionTable>>): void {
  let server: DatabaseServer
  let db: Untyped
  beforeAll(async () => {
    server = await DatabaseServer.start()
    db = server.nodeSdk()
    server.database.createCollection('empty')
  })
  afterAll(() => server.close())

  const evaluate = async (collection: string, expression: unknown) => {
    const raw = db.collection(collection).options({ raw: true })
    const { data } = await raw.aggregate([{ $project: { _id: 0, r: expression } }]).end()
    return data.map((document: Untyped) => ('r' in document ? document.r : MISSING))
  }

  describe.each(Object.entries(tables))(
    '%s',
    (title, { document = {}, cases = [], refused = [], malformed = [] }) => {
      const name = title.replaceAll(/[^a-zA-Z]/g, '_')
      beforeAll(async () => {
        server.database.createCollection(name)
        await db.collection(name).add({ _id: 'only', ...document })
      })
      if (cases.length > 0) {
        it.each(cases.map(([expression, value]) => [text(expression), text(value), expression, value]))(
          '%s is %s',
          async (_expression, _value, expression, value) => {
            expect(await evaluate(name, expression)).toEqual([value])
          },
        )
      }
      if (refused.length > 0) {
        it.each(refused.map((expression) => [text(expression), expression]))(
          '%s is refused, with a document',
          async (_text, expression) => {
            await expect(evaluate(name, expression)).rejects.toMatchObject({
              code: 'DATABASE_REQUEST_FAILED',
            })
            expect(await evaluate('empty', expression)).toEqual([])
          },
        )
      }
      if (malformed.length > 0) {
        it.each(malformed.map((expression) => [text(expression), expression]))(
          '%s is refused, even without documents',
          async (_text, expression) => {
            const refusal = { code: 'DATABASE_REQUEST_FAILED' }
            await expect(evaluate('empty', expression)).rejects.toMatchObject(refusal)
            await expect(evaluate(name, expression)).rejects.toMatchObject(refusal)
          },
        )
      }
    },
  )
}

function text(value: unknown): string {
  return value === MISSING ? 'missing' : JSON.stringify(value)
}
