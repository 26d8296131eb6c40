/** Ends the session of the token it is called with. */
export type LogoutRequest = Record<never, never>

/** Also the answer when that session had ended before: logging out cannot fail for being late. */
export type LogoutData = Record<never, never>
