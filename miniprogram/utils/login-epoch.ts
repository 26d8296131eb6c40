/**
 * Tells to which login an answer belongs that comes late. Counted in memory: no call outlives the app.
 */
let generation = 0
let epoch = 0

/** Somebody is logged in: for the first time, or with a token in place of another. */
export function countLogin(): void {
  generation += 1
}

/** Nobody is any more. */
export function countLogout(): void {
  generation += 1
  epoch += 1
}

/** @returns tells whether since now nobody logged in, nor out, nor got a new token by a login */
export function sameGeneration(): () => boolean {
  const began = generation
  return () => began === generation
}

/** @returns tells whether nobody logged out since now: a token that was renewed makes no difference */
export function sameLogin(): () => boolean {
  const began = epoch
  return () => began === epoch
}
