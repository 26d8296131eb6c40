/**
 * As `Promise.all`, but fails only when everything has ended: for calls that also write, since what a function still
 * has under way when it answers may be done much later, or not at all.
 */
export async function allDone<Results extends readonly unknown[] | []>(
  calls: Results,
): Promise<{ -readonly [Place in keyof Results]: Awaited<Results[Place]> }> {
  await Promise.allSettled(calls)
  return Promise.all(calls)
}
