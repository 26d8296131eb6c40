import type { ExampleCloud, ExampleSettings } from '../../control/example.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { type ExampleData, readExample } from './example-data.ts'
import { ExampleError } from './example-error.ts'
import { copyCollections, type SeparateCloud } from './separate-cloud.ts'

export interface MakeOptions {
  /** Of the cloud that the example is for. */
  database: Database
  clock: Clock
  /** Starts an empty cloud with the same functions and settings. */
  open: () => Promise<SeparateCloud>
  /** Aborted with the error that ends the making. */
  signal: AbortSignal
  progress: ExampleCloud['progress']
}

/**
 * Makes the example in a cloud of its own, which is gone afterwards.
 * @throws ExampleError if the project's own module fails; the signal's reason once it is aborted
 */
export async function makeExample({ use }: ExampleSettings, options: MakeOptions): Promise<ExampleData> {
  const { database, clock, open, signal, progress } = options
  const separate = await open()
  try {
    signal.throwIfAborted()
    copyCollections(database, separate.database)
    separate.clock.advance(clock.offsetMilliseconds / 1000)
    const { controlUrl } = separate
    await unlessAborted(signal, async () => use({ controlUrl, progress }))
    signal.throwIfAborted()
    return await readExample(separate)
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    throw new ExampleError(`emulator.config example.use: ${reason}`)
  } finally {
    await separate.close()
  }
}

/** Runs the project's module, which may wait for something that never comes. */
async function unlessAborted(signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  await Promise.race([run(), aborted])
}
