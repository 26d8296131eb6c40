import { type SpawnSyncOptions, spawnSync } from 'node:child_process'

/**
 * Milliseconds of a whole program, from its start to its end.
 * @throws Error if it does not end well
 */
export function programTime(
  command: string,
  parameters: readonly string[],
  options: SpawnSyncOptions = {},
): number {
  const startedAt = performance.now()
  const { status } = spawnSync(command, parameters, { ...options, stdio: 'ignore' })
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')}: exit ${status}`)
  return performance.now() - startedAt
}
