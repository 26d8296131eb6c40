import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const MEMORY = '/dev/shm'
/** A million users and their records take about 6 GB. */
const ENOUGH_BYTES = 10 * 1024 ** 3

/**
 * The folder for the data of measured clouds: in memory if there is room, because the speed of this machine's disk is
 * not measured.
 */
export function dataFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH_BYTES ? MEMORY : tmpdir()
  } catch {
    // Only Linux has it.
    return tmpdir()
  }
}
