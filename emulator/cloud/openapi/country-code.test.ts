import { expect, it } from 'vitest'
import { parsePhoneNumber } from './country-code.ts'

it.each([
  ['13800138000', '86', '13800138000'],
  ['+86 138-0013-8000', '86', '13800138000'],
  ['+85291234567', '852', '91234567'],
  ['+14155550123', '1', '4155550123'],
  ['+442071838750', '44', '2071838750'],
])('%s is +%s %s', (text, countryCode, purePhoneNumber) => {
  expect(parsePhoneNumber(text)).toEqual({ countryCode, purePhoneNumber })
})

it.each(['', '123', 'abc', '+', '1380013800013800138000', '١٢٣٤٥٦'])('%j is no phone number', (text) => {
  expect(parsePhoneNumber(text)).toBeUndefined()
})
