import { expect, it } from 'vitest'
import { redact } from './redact.ts'

it('hides what is secret and leaves what is needed to understand a call', () => {
  const answer = {
    code: 200,
    message: '成功',
    reason: 'PHONE_CODE_INVALID',
    data: {
      token: 'a.b.c',
      phoneCode: 'deadbeef',
      openid: 'o1',
      sealedPhone: 'x.k1.AAAA',
      list: ['call 13800138000 now', 42],
      orderNumber: '20261123138001380001',
    },
  }
  expect(redact(answer)).toEqual({
    code: 200,
    message: '成功',
    reason: 'PHONE_CODE_INVALID',
    data: {
      token: '••••••',
      phoneCode: '••••••',
      openid: '••••••',
      sealedPhone: '••••••',
      list: ['call 138****8000 now', 42],
      orderNumber: '20261123138001380001',
    },
  })
})

it.each([
  [{ phone: '+8613800138000' }, { phone: '+*********8000' }],
  [{ phone: '138 0013 8000' }, { phone: '*** **** 8000' }],
  [{ phone: '138****8000' }, { phone: '138****8000' }],
  [{ text: 'at +8613800138000 or +85291234567' }, { text: 'at +86138****8000 or +852****67' }],
  [{ old: 'eyJhbGciOiJIUzI1NiJ9.eyJzaWQiOiIxIn0.c2ln' }, { old: '••••••' }],
  [['Bearer eyJhbGciOiJub25lIn0.e30. is over'], ['Bearer •••••• is over']],
  [{ pad: 'AAAA' }, { pad: '••••••' }],
])('hides numbers and tokens however they are written: %j', (value, expected) => {
  expect(redact(value)).toEqual(expected)
})

it('cuts values nested deeper than the log shows', () => {
  let deep: unknown = 'bottom'
  for (let level = 0; level < 50; level++) deep = { deep }
  expect(JSON.stringify(redact(deep))).not.toContain('bottom')
})
