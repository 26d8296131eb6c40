import { CloudError } from '../errors.ts'
import { CollectionNotExist } from './failures.ts'

export interface MissingCollectionsOptions {
  exists: (name: string) => boolean
  /** Makes a collection; absent if that is the developer's, as on the platform. @throws CloudError for a name it refuses */
  make?: ((name: string) => void) | undefined
  /** Called once a name. */
  onMissing?: ((name: string, isMade: boolean) => void) | undefined
}

/** The collections that functions or pages have asked for and that were not there, by name. */
export class MissingCollections {
  readonly #options: MissingCollectionsOptions
  readonly #missing = new Set<string>()
  readonly #made = new Set<string>()

  constructor(options: MissingCollectionsOptions) {
    this.#options = options
  }

  /** Answers a request, whose collection is made first if that is wanted. */
  async during<Answer>(
    action: string,
    { collectionName }: Record<string, unknown>,
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    if (typeof collectionName === 'string' && action !== 'database.addCollection')
      this.#provide(collectionName)
    try {
      return await answer()
    } catch (error) {
      if (error instanceof CollectionNotExist) this.#note(error.collection)
      throw error
    }
  }

  /** Those that still do not exist. */
  names(): string[] {
    return [...this.#missing].filter((name) => !this.#options.exists(name))
  }

  /** Those that were made because they were asked for, and still exist. */
  made(): string[] {
    return [...this.#made].filter((name) => this.#options.exists(name))
  }

  clear(): void {
    this.#missing.clear()
    this.#made.clear()
  }

  #provide(name: string): void {
    const { exists, make, onMissing } = this.#options
    if (!make || exists(name)) return
    try {
      make(name)
    } catch (error) {
      // A name that no collection can have: the request's own answer says so.
      if (error instanceof CloudError) return
      throw error
    }
    if (!this.#made.has(name)) onMissing?.(name, true)
    this.#made.add(name)
  }

  #note(name: string): void {
    if (this.#missing.has(name)) return
    this.#missing.add(name)
    this.#options.onMissing?.(name, false)
  }
}
