/** Whether a test is to try every combination (`npm run test:all`), or the subset that `npm test` has. */
export const isExhaustive = process.env['EXHAUSTIVE'] === '1'
