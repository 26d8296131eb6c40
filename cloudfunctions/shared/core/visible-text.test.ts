import { describe, expect, it } from 'vitest'
import { isVisibleText } from './visible-text.ts'

const named = (text: string) =>
  [text, [...text].map((character) => `U+${character.codePointAt(0)?.toString(16)}`).join(' ')] as const

describe('a text is visible', () => {
  it.each(
    [
      '小明',
      '旅行者 2 号',
      "O'Brien-Smith",
      'สวัสดี',
      'नमस्ते',
      'e\u0301',
      '👍',
      '👍🏽',
      '👨‍👩‍👧',
      '👩🏽‍🦰',
      '🏳️‍🌈',
      '🏴‍☠️',
      '❤️',
      '👨‍❤️‍👨',
      '1️⃣',
      '🇨🇳',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '\u{20bb7}田',
      // Not assigned yet when Node 16 was made.
      '\u{2ebf0}',
      '小明👨‍👩‍👧',
    ].map(named),
  )('%s (%s)', (text) => {
    expect(isVisibleText(text)).toBe(true)
  })
})

/** Each alone, at the end, at the start and in the middle of a name. */
const INVISIBLE = [
  0x0000, 0x0009, 0x000a, 0x007f, 0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c,
  0x180d, 0x180e, 0x180f, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060,
  0x2061, 0x2065, 0x2066, 0x2069, 0x206a, 0x206f, 0x2800, 0x2d7f, 0x3164, 0xd800, 0xdc00, 0xe000, 0xfe00,
  0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffc, 0xffff, 0x13430, 0x13440, 0x16fe4, 0x1bca0, 0x1d159,
  0x1d173, 0x1fffe, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xf0000, 0x10ffff,
]

describe('a text is not visible', () => {
  it.each(INVISIBLE.map((point) => `U+${point.toString(16)}`))('with %s in it, or of it alone', (name) => {
    const character = String.fromCodePoint(Number.parseInt(name.slice(2), 16))
    const texts = [character, character.repeat(3), `小${character}明`, `a${character}b`]
    expect(texts.filter(isVisibleText)).toEqual([])
  })

  it.each(
    [
      '',
      ' ',
      '\u00a0',
      '\u3000\u2003',
      '\u0301',
      '\u0301\u0301',
      'a \u0301',
      '\u20e3',
      // Joiners and selectors that join or select nothing.
      '\u200d👩',
      '👩\u200d',
      '👩\u200d\u200d👧',
      '👩\u200da',
      'a\u200d👩',
      '1\ufe0f',
      '❤\ufe0f\ufe0f',
      'a\ufe0f',
      '🏴\u{e0067}\u{e007f}',
      '👩\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ].map(named),
  )('%j (%s)', (text) => {
    expect(isVisibleText(text)).toBe(false)
  })
})
