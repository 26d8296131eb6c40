import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { command as _ } from '../database/database.ts'
import { textField } from '../request/input.ts'

/** How many documents a page of an owned collection has. */
export const PAGE_SIZE = 20

/** In a request: `nextCursor` of the page before, absent for the first page. */
export const pageCursor = v.optional(textField(256))

/** The fields of a page's last document that a cursor needs. */
const lastSchema = v.object({ _id: v.string(), createdAt: v.date() })

/**
 * Time and id of a page's last document, since two may have been saved in one millisecond.
 * @param data the documents of the page and, if there is a next page, its first one
 */
export function cursorAfter(data: readonly unknown[]): string | undefined {
  if (data.length <= PAGE_SIZE) return undefined
  const [last] = data
    .slice(0, PAGE_SIZE)
    .filter((document) => v.is(lastSchema, document))
    .slice(-1)
  return last && `${last.createdAt.getTime()}.${last._id}`
}

/**
 * Condition for the documents of a page.
 * @throws AppError BAD_REQUEST for a cursor that `cursorAfter` did not make
 */
export function olderThan(cursor: string | undefined, ofUser: { userId: string }): object {
  if (cursor === undefined) return ofUser
  const [, time, id] = /^(\d{1,15})\.([\w.-]{1,128})$/.exec(cursor) ?? []
  if (time === undefined || id === undefined) throw new AppError('BAD_REQUEST', { field: 'cursor' })
  const createdAt = new Date(Number(time))
  return _.and([ofUser, _.or([{ createdAt: _.lt(createdAt) }, { createdAt, _id: _.lt(id) }])])
}
