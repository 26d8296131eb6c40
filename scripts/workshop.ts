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
  readonly #sources: SourceWatch

  private constructor({ phoneBuilder, phone, console, errors, sources }: Parts) {
    this.#phoneBuilder = phoneBuilder
    this.#sources = sources
    this.#phone = phone
    this.#functionErrors = errors
    this.pages = createPages({
      console: () => console,
      phone: () => this.#phone,
      errors: () => [...this.#functionErrors, ...this.#phone.errors.map(describe)],
    })
  }

  static async build(): Promise<Workshop> {
    const phoneBuilder = new PhoneBuilder(projectPath('miniprogram'))
    // Watched from before the first build, so that what is saved while that runs is not missed.
    const sources = watchSources()
    const [phone, console, errors] = await Promise.all([phoneBuilder.build(), buildConsole(), buildAll()])
    return new Workshop({ phoneBuilder, phone, console, errors, sources })
  }

  /**
   * Builds again what a saved file belongs to, also one saved since the first build began.
   * @param onBuilt called after each build, good or not
   * @returns a function that ends it
   */
  watch(onBuilt: () => void): () => void {
    this.#sources.begin(async (folder) => {
      if (folder === 'cloudfunctions') this.#functionErrors = await buildAll()
      else this.#phone = await this.#phoneBuilder.build()
      onBuilt()
    })
    return this.#sources.end
  }
}

const SOURCE_FOLDERS = ['cloudfunctions', 'miniprogram'] as const
type Rebuild = (folder: (typeof SOURCE_FOLDERS)[number]) => Promise<void>

interface Parts {
  phoneBuilder: PhoneBuilder
  phone: BuiltPhone
  console: BuiltConsole
  errors: string[]
  sources: SourceWatch
}

interface SourceWatch {
  /** Gives the builder; folders in which something was saved before that are built at once. */
  begin: (rebuild: Rebuild) => void
  end: () => void
}

function watchSources(): SourceWatch {
  let begin: SourceWatch['begin'] = () => {}
  const rebuild = new Promise<Rebuild>((resolve) => {
    begin = resolve
  })
  const ends = SOURCE_FOLDERS.map((folder) =>
    watchDirectory(projectPath(folder), async () => (await rebuild)(folder)),
  )
  const end = () => {
    for (const endOne of ends) endOne()
  }
  return { begin, end }
}

/** @returns what is wrong or may be, in lines for people; empty when all was built without a doubt */
async function buildAll(): Promise<string[]> {
  const warnings: string[] = []
  try {
    await buildProject(undefined, (line) => warnings.push(`警告 warning: ${line}`))
    for (const warning of warnings) console.error(warning)
    return warnings
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return error.message.split('\n')
  }
}

function describe({ file, line, message }: BuiltPhone['errors'][number]): string {
  return line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`
}
