/** The MD5 digest (RFC 1321) in hexadecimal, which WeChat gives for files and browsers do not have. */
export function md5(bytes: Uint8Array): string {
  const length = bytes.length
  const blocks = ((length + 8) >> 6) + 1
  const view = new DataView(new ArrayBuffer(blocks * 64))
  for (const [index, byte] of bytes.entries()) view.setUint8(index, byte)
  view.setUint8(length, 0x80)
  view.setUint32(blocks * 64 - 8, (length * 8) >>> 0, true)
  view.setUint32(blocks * 64 - 4, Math.floor(length / 0x20000000), true)
  let state: Words = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < blocks; block++) state = digestBlock(state, view, block * 64)
  const digest = new DataView(new ArrayBuffer(16))
  for (const [index, word] of state.entries()) digest.setUint32(index * 4, word >>> 0, true)
  return Array.from(new Uint8Array(digest.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Words = [number, number, number, number]

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const

function digestBlock(state: Words, view: DataView, offset: number): Words {
  let [a, b, c, d] = state
  for (let step = 0; step < 64; step++) {
    const [mixed, index] = mix(step, b, c, d)
    const constant = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32)
    const sum = (a + mixed + constant + view.getUint32(offset + index * 4, true)) >>> 0
    const shift = SHIFTS[step >> 4]?.[step % 4] ?? 0
    ;[a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) >>> 0]
  }
  return [state[0] + a, state[1] + b, state[2] + c, state[3] + d].map((word) => word >>> 0) as Words
}

/** The function of a round, and the word of the block that a step reads. */
function mix(step: number, b: number, c: number, d: number): [number, number] {
  if (step < 16) return [(b & c) | (~b & d), step]
  if (step < 32) return [(d & b) | (~d & c), (5 * step + 1) % 16]
  if (step < 48) return [b ^ c ^ d, (3 * step + 5) % 16]
  return [c ^ (b | ~d), (7 * step) % 16]
}
