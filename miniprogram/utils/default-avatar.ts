/** In place of the picture of whoever has none. */
export const DEFAULT_AVATAR = '/images/person.svg'
