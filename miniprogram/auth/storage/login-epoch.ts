/** Which login a late answer belongs to. Counted in memory, since no call outlives the app. */
let generation = 0
let epoch = 0

/** A user logged in, or got another token by a login. */
export function countLogin(): void {
  generation += 1
}

/** The user logged out. */
export function countLogout(): void {
  generation += 1
  epoch += 1
}

/** @returns whether since this call no user logged in or out, or got another token by a login */
export function sameGeneration(): () => boolean {
  const began = generation
  return () => began === generation
}

/** @returns whether no user logged out since this call; a renewed token makes no difference */
export function sameLogin(): () => boolean {
  const began = epoch
  return () => began === epoch
}
