import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const MEMORY = '/dev/shm'
/** A million users and their records take about 6 GB. */
const ENOUGH_BYTES = 10 * 1024 ** 3

/**
 * Where the embedded clouds keep their data while they are measured: in memory if there is room, since the speed of
 * this machine's disk is no part of what is measured.
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
