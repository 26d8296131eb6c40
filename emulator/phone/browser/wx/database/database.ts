import { AGGREGATE_COMMANDS } from './aggregate.ts'
import { databaseCall } from './call.ts'
import { CollectionReference } from './collection.ts'
import { COMMANDS } from './commands.ts'
import type { DatabaseConnection, NoteLog } from './connection.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { GEO } from './geo.ts'
import { DatabaseRegExp, ServerDate } from './values.ts'

/** Interfaces of the server's SDK that a mini-program does not have. */
const FOR_FUNCTIONS = ['createCollection', 'startTransaction', 'runTransaction'] as const

/** `wx.cloud.database({ env })` */
export function createDatabase(
  connection: DatabaseConnection,
  errors: Pick<NoteLog, 'addOnce'>,
  options: unknown,
): object {
  const { env } = (options ?? {}) as { env?: unknown }
  return {
    config: { env },
    command: { ...COMMANDS, aggregate: AGGREGATE_COMMANDS },
    Geo: GEO,
    serverDate: (given?: { offset?: unknown }) => new ServerDate(given),
    RegExp: new Proxy(DatabaseRegExp, {
      apply: (target, _self, parameters) => Reflect.construct(target, parameters),
    }),
    collection: (name: unknown) => {
      if (typeof name !== 'string' || name === '') {
        throw new DatabaseFailure(CODES.badType, 'collection:fail 集合名应当是非空字符串')
      }
      return new CollectionReference(connection, name)
    },
    ...Object.fromEntries(FOR_FUNCTIONS.map((name) => [name, refuse(name, errors)])),
  }
}

function refuse(name: string, errors: Pick<NoteLog, 'addOnce'>) {
  return (options?: unknown) =>
    databaseCall(name, options, () => {
      errors.addOnce(`db.${name}：小程序端没有这个接口，请在云函数里调用`)
      throw new DatabaseFailure(
        CODES.notAllowed,
        '小程序端没有这个接口 · only cloud functions have this interface',
      )
    })
}
