/** Documents of one batch: read and written well within a function's time. */
export const BATCH = 100
