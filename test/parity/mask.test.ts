import { expect, it } from 'vitest'
import { maskText, schemeOf } from '../../parity/phone/miniprogram/lib/mask.ts'

it.each([
  ['an openid', 'invalid openid oAbcdefghijklmnopqrstuvwxyz0', 'invalid openid <openid>'],
  ['a phone number', 'sent to +8613800138000', 'sent to <number>'],
  ['an appid', 'appid wx0123456789abcdef', 'appid <appid>'],
  ['a file id', 'no cloud://env-1a2b.656e-env/a/b.png here', 'no <file id> here'],
  ['an address', 'GET https://example.com/x?sign=1', 'GET <address>'],
  ['a temporary path', 'open wxfile://tmp_0123.png', 'open <address>'],
  ['an environment', 'env cloud1-5g2k8x1a9c0d3e7f not exists', 'env <environment> not exists'],
  ['a call’s id', '(callId: 0f8fad5b-d9cb-469f-a165-70867728950e)', '(callId: <id>)'],
  ['WeChat’s rid', 'invalid code, rid: 60a1-2b3c', 'invalid code, rid: <id>'],
  ['a hint', '[1598514015_59_d3453939b534645dde9a4bb3f12aff9c]', '[<id>]'],
])('%s does not leave the phone', (_what, text, masked) => {
  expect(maskText(text)).toBe(masked)
})

it('errors keep their numbers', () => {
  const text = 'cloud.callFunction:fail errCode: -504002 | errno 1400001'
  expect(maskText(text)).toBe(text)
  expect(schemeOf('wxfile://tmp/a.png')).toBe('wxfile')
})
