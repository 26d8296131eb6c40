import type { BuiltPhone, PhoneBuilder, PhoneOptions } from '../phone/build.ts'

/** The builds of a mini-program, one after the other. The first begins when somebody asks for it. */
export class PhoneBuilds {
  readonly #options: PhoneOptions
  #builder: PhoneBuilder | undefined
  #first: Promise<BuiltPhone> | undefined
  #running: Promise<unknown> = Promise.resolve()
  #built: BuiltPhone | undefined

  constructor(options: PhoneOptions) {
    this.#options = options
  }

  /** The last build that is ready; undefined before there is one. */
  get built(): BuiltPhone | undefined {
    return this.#built
  }

  /** The last build that is ready, or the first. */
  async last(): Promise<BuiltPhone> {
    if (this.#built) return this.#built
    this.#first ??= this.#build()
    return this.#first
  }

  /** Builds after a save. Before the first build there is nothing to be done: that reads the files as they are then. */
  async buildAgain(): Promise<void> {
    if (this.#first) await this.#build()
  }

  #build(): Promise<BuiltPhone> {
    const building = this.#running.then(async () => {
      // The compilers of pages and styles take longer to load than all that a function needs.
      const { PhoneBuilder } = await import('../phone/build.ts')
      this.#builder ??= new PhoneBuilder(this.#options)
      this.#built = await this.#builder.build()
      return this.#built
    })
    this.#running = building.catch(() => {})
    return building
  }
}
