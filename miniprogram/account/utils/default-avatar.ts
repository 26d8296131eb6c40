/** Shown for a user without a picture. */
export const DEFAULT_AVATAR = '/auth/images/person.svg'
