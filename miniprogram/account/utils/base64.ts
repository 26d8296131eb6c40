const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 with padding (RFC 4648 §4). WeChat's own functions for it are deprecated. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]]
    const group = (first << 16) | (second << 8) | third
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63)).join('')
    text += letters.slice(0, Math.min(4, bytes.length - at + 1))
  }
  return text + '='.repeat((3 - (bytes.length % 3)) % 3)
}

/** The bytes of a text in base64; undefined if it is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined
  const letters = text.replace(/=/g, '')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  for (let at = 0; at < bytes.length; at++) {
    const bit = at * 8
    const [first, second] = [
      ALPHABET.indexOf(letters.charAt(bit / 6)),
      ALPHABET.indexOf(letters.charAt(bit / 6 + 1)),
    ]
    const pair = (first << 6) | Math.max(0, second)
    bytes[at] = (pair >> (4 - (bit % 6))) & 255
  }
  return bytes
}
