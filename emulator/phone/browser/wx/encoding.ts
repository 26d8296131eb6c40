type Bytes = Uint8Array<ArrayBuffer>

/** Bytes of a text, or of binary data. @throws Error for an unknown encoding */
export function encode(data: unknown, encoding: string): Bytes {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0))
  if (ArrayBuffer.isView(data)) {
    return new Uint8Array(
      data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer,
    )
  }
  const text = String(data ?? '')
  switch (encoding) {
    case '':
    case 'utf8':
    case 'utf-8':
      return new TextEncoder().encode(text)
    case 'ascii':
    case 'binary':
    case 'latin1':
      return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff)
    case 'base64':
      return fromBase64(text)
    case 'hex':
      return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return Uint8Array.from([...Array(text.length * 2)], (_, at) =>
        at % 2 === 0 ? text.charCodeAt(at / 2) & 0xff : text.charCodeAt((at - 1) / 2) >> 8,
      )
    default:
      throw new Error(`invalid encoding "${encoding}"`)
  }
}

/** Text of bytes; the bytes themselves without an encoding. @throws Error for an unknown encoding */
export function decode(bytes: Bytes, encoding: string): string | ArrayBuffer {
  switch (encoding) {
    case '':
      // The bytes come from the window around the screen; the copy is an ArrayBuffer of the mini-program's own.
      return new Uint8Array(bytes).buffer
    case 'utf8':
    case 'utf-8':
      return new TextDecoder().decode(bytes)
    case 'ascii':
    case 'binary':
    case 'latin1':
      return characters(bytes)
    case 'base64':
      return toBase64(bytes)
    case 'hex':
      return hex(bytes)
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return new TextDecoder('utf-16le').decode(bytes)
    default:
      throw new Error(`invalid encoding "${encoding}"`)
  }
}

export const toBase64 = (bytes: Bytes) => btoa(characters(bytes))

export function fromBase64(text: string): Bytes {
  const clean = text.replace(/^data:[^,]*,/, '').replace(/\s/g, '')
  try {
    return Uint8Array.from(atob(clean), (character) => character.charCodeAt(0))
  } catch {
    throw new Error('invalid base64 data')
  }
}

export const hex = (bytes: Bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const characters = (bytes: Bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
