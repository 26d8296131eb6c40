import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskPhoneNumber, toE164 } from './phone-number.ts'

describe('a phone number', () => {
  it.each([
    ['86', '13800138000', '138****8000'],
    ['852', '91234567', '+852 91****67'],
    ['1', '4155550123', '+1 415****123'],
    ['853', '66123', '+853 ****3'],
    ['290', '1234', '+290 ****'],
  ])('+%s %s is shown as %s', (countryCode, purePhoneNumber, masked) => {
    expect(maskPhoneNumber({ countryCode, purePhoneNumber })).toBe(masked)
  })

  it('never shows more than all but four of its digits, however long it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4,15}$/), (purePhoneNumber) => {
        const masked = maskPhoneNumber({ countryCode: '86', purePhoneNumber })
        const shown = masked.replace('****', '')
        expect(shown.length).toBeLessThanOrEqual(Math.min(7, purePhoneNumber.length - 4))
        const [start = '', end = ''] = masked.split('****')
        expect(purePhoneNumber.startsWith(start) && purePhoneNumber.endsWith(end)).toBe(true)
      }),
    )
  })

  it('has one form for machines', () => {
    expect(toE164({ countryCode: '86', purePhoneNumber: '13800138000' })).toBe('+8613800138000')
  })
})
