/**
 * `Promise.all` that waits until every call is settled before it fails. For calls that write: a request that is still
 * under way when the function answers may be carried out much later, or never.
 */
export async function settleAll<Results extends readonly unknown[] | []>(
  calls: Results,
): Promise<{ -readonly [Index in keyof Results]: Awaited<Results[Index]> }> {
  await Promise.allSettled(calls)
  return Promise.all(calls)
}
