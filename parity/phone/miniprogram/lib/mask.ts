/** What identifies a person, an environment or a machine in a text of WeChat's, and what is written instead. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/cloud:\/\/[^\s"',]+/g, '<file id>'],
  [/(?:wxfile|https?):\/\/[^\s"',]+/g, '<address>'],
  // A place on the emulator's machine.
  [/(?:[A-Za-z]:)?(?:[\\/][\w.-]+){3,}/g, '<path>'],
  [/ \(<path>[^)]*\)/g, ''],
  [/\brid: ?[\w-]+/g, 'rid: <id>'],
  [/\bo[\w-]{27}\b/g, '<openid>'],
  [/\bwx[0-9a-f]{16}\b/g, '<appid>'],
  [/\b[\da-f]{8}-[\da-f-]{27}\b/gi, '<id>'],
  [/\b[\da-f]{16,}\b/gi, '<id>'],
  [/\b[a-z][\w-]*-\d[a-z0-9]{9,}\b/g, '<environment>'],
  [/\[\d{9,}[\w-]*\]/g, '[<id>]'],
  [/\+?\d{8,}\b/g, '<number>'],
]

/** A text of WeChat's without numbers, codes, openids, addresses and names of environments. */
export function maskText(text: string): string {
  return MASKS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text)
}

/** Which scheme an address has: `http`, `wxfile`, `cloud`; '' for a path. */
export function schemeOf(address: string): string {
  return /^([a-z]+):\/\//.exec(address)?.[1] ?? ''
}
