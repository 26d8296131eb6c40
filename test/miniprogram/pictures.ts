/** Starts with the first bytes of a picture of this kind, and has this length. */
export function picture(kind: 'jpeg' | 'png' | 'gif', bytes = 64): Uint8Array<ArrayBuffer> {
  const starts = { jpeg: 'ffd8ffe000104a46', png: '89504e470d0a1a0a', gif: '474946383961' }
  const content = new Uint8Array(new ArrayBuffer(bytes))
  content.set(Buffer.from(starts[kind], 'hex'))
  return content
}
