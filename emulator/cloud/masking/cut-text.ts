/** What a log keeps of one line. */
const KEPT_CHARACTERS = 64 * 1024
/** Masked beyond that, so that a secret at the end is replaced whole. */
const MARGIN_CHARACTERS = 4096

/** Masks a text for a log. Of one that is too long to be searched the beginning is kept, and a note ends it. */
export function maskLongText(text: string, mask: (text: string) => string): string {
  const masked = mask(text.slice(0, KEPT_CHARACTERS + MARGIN_CHARACTERS))
  const total = text.length
  if (total <= KEPT_CHARACTERS) return masked
  return `${masked.slice(0, KEPT_CHARACTERS)}… （共 ${total} 个字符，其余不显示 · ${total} characters, the rest is not shown）`
}
