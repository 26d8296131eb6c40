/**
 * Emoji that need characters which are invisible by themselves, as UTS #51 writes them: keycaps, the three flags that
 * are spelled with tags, and pictures with a presentation or skin tone, joined by U+200D or not. A joiner between two
 * pictures hides neither; anywhere else it makes the text invalid.
 */
const PICTURE = String.raw`\p{Extended_Pictographic}(?:[\ufe0e\ufe0f]|\p{Emoji_Modifier})?`
const EMOJI = new RegExp(
  [
    String.raw`[0-9#*]\ufe0f?\u20e3`,
    String.raw`\u{1f3f4}(?:\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}|\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}|\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073})\u{e007f}`,
    String.raw`${PICTURE}(?:\u200d${PICTURE})*`,
  ].join('|'),
  'gu',
)

/**
 * Control, format, private and surrogate characters, line and paragraph separators, and whatever Unicode lets a font
 * leave out (Default_Ignorable_Code_Point: Hangul fillers, variation selectors, U+034F and so on).
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** Letters and symbols by category that have no ink: an empty braille cell, a note without a head, and fillers. */
const BLANK = /[\u2800\u{1d159}\u{16fe4}\u2d7f\u{13440}\ufffc]/u

/** Not assigned as far as this Node knows. Planes 2 and 3 hold ideographs only, and newer ones are people's names. */
const UNASSIGNED = /(?![\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}])\p{Cn}/u

/** A combining mark with nothing to stand on. */
const LONE_MARK = /(?:^|\p{Zs})\p{M}/u

/**
 * Whether every character of a text is visible, none changes the direction of others, and the text is more than spaces.
 * False for the empty text.
 */
export function isVisibleText(text: string): boolean {
  if (text.trim() === '' || LONE_MARK.test(text)) return false
  const rest = text.replace(EMOJI, '')
  return ![HIDDEN, BLANK, UNASSIGNED].some((pattern) => pattern.test(rest))
}
