import { expect, it } from 'vitest'
import { differingParts } from '../browser/data/differing-parts.ts'

const LONG = 'a'.repeat(100)

it('short values stay as they are', () => {
  expect(differingParts({ n: 1 }, { n: 2 })).toEqual({ before: { n: 1 }, after: { n: 2 } })
})

it('long values are shown from shortly before their first difference', () => {
  const { before, after } = differingParts(`${LONG}one`, `${LONG}two`)
  expect(before).toBe(`…${'a'.repeat(16)}one`)
  expect(after).toBe(`…${'a'.repeat(16)}two`)
})

it('a value that has come or gone is shown whole', () => {
  expect(differingParts(undefined, LONG)).toEqual({ before: undefined, after: LONG })
})

it('values that differ from the beginning are shown from the beginning', () => {
  expect(differingParts(`x${LONG}`, `y${LONG}`)).toEqual({ before: `x${LONG}`, after: `y${LONG}` })
})
