import { guarded } from './guarded.ts'
import type { Operation } from './operation.ts'

const KEY = 'first-document'

/**
 * The operations of a function that keeps an owned collection of the same name.
 * @param fields of a document, as `save` takes them
 * @param leftOut for a function whose code is another's that the suites have already
 */
export function ownedOperations(
  functionName: string,
  fields: object,
  leftOut?: Operation['leftOut'],
): readonly Operation[] {
  const left = leftOut ? { leftOut } : {}
  const seed = { action: 'save', key: KEY, ...fields }
  return [
    guarded(
      functionName,
      'list',
      { english: `a page of ${functionName}`, chinese: `一页 ${functionName}` },
      {
        request: ({ token }) => ({ token, action: 'list' }),
        ...left,
      },
    ),
    guarded(
      functionName,
      'save',
      { english: 'saves once under one key', chinese: '每个 key 只保存一次' },
      {
        request: ({ token }) => ({ token, ...seed, key: 'second-document' }),
        reasons: ['LIMIT_REACHED'],
        ...left,
      },
    ),
    guarded(
      functionName,
      'remove',
      { english: 'removes one', chinese: '删除一条' },
      {
        seed,
        ...left,
        prepare: async (user) => {
          await user.call(functionName, { token: user.token, ...seed })
          return {}
        },
        request: ({ token, userId }) => ({ token, action: 'remove', id: `${userId}.${KEY}` }),
      },
    ),
  ]
}
