import { PopulatedCloud, takeTemplates } from './populated-cloud.ts'
import type { Templates } from './seed-users.ts'

export const FEW = 1000

/** Two clouds, one with a thousand users and one with a million, for all measures that compare them. */
export class Population {
  readonly users: number
  #templates: Promise<Templates> | undefined
  readonly #clouds = new Map<number, Promise<PopulatedCloud>>()

  /** @param users how many a million is */
  constructor(users: number) {
    this.users = users
  }

  /** Makes the clouds, unless another measure has. */
  async open(progress: (line: string) => void): Promise<Record<'few' | 'many', PopulatedCloud>> {
    return { few: await this.#open(FEW, progress), many: await this.#open(this.users, progress) }
  }

  async close(): Promise<void> {
    for (const cloud of this.#clouds.values()) await (await cloud).close()
  }

  async #open(users: number, progress: (line: string) => void): Promise<PopulatedCloud> {
    this.#templates ??= takeTemplates()
    const templates = await this.#templates
    const cloud =
      this.#clouds.get(users) ??
      PopulatedCloud.start(users, templates, (done) => progress(`${done} of ${users} users`))
    this.#clouds.set(users, cloud)
    return cloud
  }
}
