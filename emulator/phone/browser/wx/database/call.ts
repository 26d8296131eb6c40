import { ApiFailure } from '../../services/api-failure.ts'
import { Options } from '../options.ts'
import { CODES, DatabaseFailure } from './failure.ts'

/**
 * Calls an interface of the database: with `success`, `fail` or `complete` among the options it calls them, else it
 * returns a promise. The promise rejects with an Error that has `errCode` and `errMsg`.
 */
export function databaseCall(
  name: string,
  values: unknown,
  run: (options: Options) => Promise<object>,
): Promise<object> | undefined {
  const options = new Options(values)
  const { stack } = new Error()
  const ended = Promise.resolve()
    .then(() => run(options))
    .then(
      (result) => ({ ...result, errMsg: `${name}:ok` }),
      (error: unknown) => Promise.reject(asFailure(error).of(name, stack)),
    )
  const [success, fail, complete] = [
    options.callback('success'),
    options.callback('fail'),
    options.callback('complete'),
  ]
  if (!success && !fail && !complete) return ended
  void ended.then(
    (result) => {
      success?.(result)
      complete?.(result)
    },
    (failure) => {
      fail?.(failure)
      complete?.(failure)
    },
  )
  return undefined
}

function asFailure(error: unknown): DatabaseFailure {
  if (error instanceof DatabaseFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof ApiFailure ? Number(error.fields['errCode'] ?? CODES.general) : CODES.general
  return new DatabaseFailure(code, message)
}
