/** Values of one measurement that was repeated. */
export type Samples = readonly number[]

export interface Spread {
  median: number
  /** The middle half lies between these. */
  low: number
  high: number
  count: number
}

export function spreadOf(samples: Samples): Spread {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75), count: sorted.length }
}

export const median = (samples: Samples): number => spreadOf(samples).median

/**
 * Measures the variants in turn, round by round, so that other load on the machine affects all of them alike.
 * @param variants return one sample a call
 */
export async function interleave<Name extends string>(
  rounds: number,
  variants: Record<Name, () => number | Promise<number>>,
  progress: (line: string) => void,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(variants) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`)
    for (const name of names) samples[name].push(await variants[name]())
  }
  return samples
}

/** Milliseconds. */
export async function timed(run: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}
