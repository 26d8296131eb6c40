/**
 * Collections whose documents belong to a user: each has the fields `userId` and `createdAt` (a date), is part of
 * what a user can take away (`account.export`), and goes when the account is closed. A function that keeps things
 * of its own for a user names its collection here.
 */
export const OWNED_COLLECTIONS: readonly string[] = ['trips']
