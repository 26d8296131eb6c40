import type { ApiReplacement } from '../phone.ts'

interface Callbacks {
  success?(result: object): void
  fail?(result: object): void
  complete?(result: object): void
}

/** What takes the place of an interface of `wx`. */
export function replacedApi(replacement: ApiReplacement): unknown {
  if (replacement === 'absent') return undefined
  if ('throws' in replacement) {
    return () => {
      throw new Error(replacement.throws)
    }
  }
  const isSuccess = 'success' in replacement
  const result = isSuccess ? replacement.success : replacement.fail
  return ({ success, fail, complete }: Callbacks = {}) => {
    const hear = isSuccess ? success : fail
    if (!success && !fail && !complete) return isSuccess ? Promise.resolve(result) : Promise.reject(result)
    hear?.(result)
    complete?.(result)
    return undefined
  }
}
