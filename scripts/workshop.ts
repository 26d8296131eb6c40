import type { Pages } from '../emulator/cloud/cloud.ts'
import { type BuiltConsole, buildConsole } from '../emulator/console/build.ts'
import { createPages } from '../emulator/pages.ts'
import { type BuiltPhone, PhoneBuilder } from '../emulator/phone/build.ts'
import { watchDirectory } from '../emulator/watch.ts'
import { BuildError } from './build-functions.ts'
import { buildProject } from './build-project.ts'
import { projectPath } from './project.ts'

/** Everything that is compiled from source while it is worked on: functions, mini-program and console. */
export class Workshop {
  /** Serves what was built last; mistakes in the source are shown by the pages, beside the last good build. */
  readonly pages: Pages
  readonly #phoneBuilder: PhoneBuilder
  #phone: BuiltPhone
  #functionErrors: string[]

  private constructor(
    phoneBuilder: PhoneBuilder,
    phone: BuiltPhone,
    console: BuiltConsole,
    errors: string[],
  ) {
    this.#phoneBuilder = phoneBuilder
    this.#phone = phone
    this.#functionErrors = errors
    this.pages = createPages({
      console: () => console,
      phone: () => this.#phone,
      errors: () => [...this.#functionErrors, ...this.#phone.errors.map(describe)],
    })
  }

  static async build(): Promise<Workshop> {
    const builder = new PhoneBuilder(projectPath('miniprogram'))
    const [phone, console, errors] = await Promise.all([builder.build(), buildConsole(), buildAll()])
    return new Workshop(builder, phone, console, errors)
  }

  /**
   * Builds again what a saved file belongs to.
   * @param onBuilt called after each build, good or not
   * @returns a function that ends it
   */
  watch(onBuilt: () => void): () => void {
    const rebuildFunctions = async () => {
      this.#functionErrors = await buildAll()
      onBuilt()
    }
    const rebuildPhone = async () => {
      this.#phone = await this.#phoneBuilder.build()
      onBuilt()
    }
    const ends = [
      watchDirectory(projectPath('cloudfunctions'), rebuildFunctions),
      watchDirectory(projectPath('miniprogram'), rebuildPhone),
    ]
    return () => {
      for (const end of ends) end()
    }
  }
}

/** @returns what is wrong, in lines for people; empty when all was built */
async function buildAll(): Promise<string[]> {
  try {
    await buildProject()
    return []
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return error.message.split('\n')
  }
}

function describe({ file, line, message }: BuiltPhone['errors'][number]): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`
}
