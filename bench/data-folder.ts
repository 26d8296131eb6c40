import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const MEMORY = '/dev/shm'
/** A million users take about 1.1 GB. */
const ENOUGH_BYTES = 4 * 1024 ** 3

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
