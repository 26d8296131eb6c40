import { existsSync, readFileSync } from 'node:fs'
import { CloudError } from '../errors.ts'
import { type Behaviours, DEFAULT_BEHAVIOURS, isBehaviour } from './behaviours.ts'
import { causeOf } from './cause.ts'
import { readDifferences } from './read-differences.ts'

interface FollowedError {
  readonly action: string | undefined
  readonly cause: string
  readonly code: string | undefined
  readonly message: string | undefined
}

/**
 * Follows the real cloud where it was found to differ: errors have its words, and what the emulator can do in several ways
 * is done in the cloud's.
 */
export class Follow {
  readonly behaviours: Behaviours
  /** Names of the questions whose difference the emulator cannot follow. */
  readonly unfollowed: readonly string[]
  readonly #errors: readonly FollowedError[]

  private constructor(
    behaviours: Behaviours,
    errors: readonly FollowedError[],
    unfollowed: readonly string[],
  ) {
    this.behaviours = behaviours
    this.#errors = errors
    this.unfollowed = unfollowed
  }

  /**
   * @param file absolute; without one nothing is followed
   * @throws FollowError for a file that is not one of `npm run parity -- compare --write`
   */
  static read(file: string | undefined): Follow {
    if (file === undefined) return new Follow(DEFAULT_BEHAVIOURS, [], [])
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    const changed: Record<string, unknown> = {}
    const errors: FollowedError[] = []
    const unfollowed: string[] = []
    for (const difference of readDifferences(text, file)) {
      const { question, kind } = difference
      if (kind === 'error') {
        const { action, emulator, code, message } = difference
        errors.push({ action, cause: causeOf(emulator), code, message })
      } else if (kind !== 'other' && isBehaviour(difference.name, difference.value)) {
        changed[difference.name] = difference.value
      } else {
        unfollowed.push(question)
      }
    }
    return new Follow({ ...DEFAULT_BEHAVIOURS, ...changed }, errors, unfollowed)
  }

  /** The error as the real cloud answers it. @param action of the request, such as `database.getDocument` */
  error(action: string, error: CloudError): CloudError {
    if (this.#errors.length === 0) return error
    const cause = causeOf(error.message)
    const followed = this.#errors.find(
      (known) => known.cause === cause && (known.action === undefined || known.action === action),
    )
    if (!followed) return error
    return new CloudError(followed.code ?? error.code, followed.message ?? error.message)
  }
}
