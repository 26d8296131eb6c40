import { deflateSync } from 'node:zlib'

const MODULES = 21
const PIXELS_PER_MODULE = 8
const SIZE = MODULES * PIXELS_PER_MODULE

/** A PNG in black and white that looks like a code and cannot be scanned. Source of the format: RFC 2083. */
export function codePicture(): Buffer {
  const rows = Array.from({ length: SIZE }, (_, y) => {
    const row = Buffer.alloc(SIZE + 1)
    // The first byte says that the row is not filtered.
    for (let x = 0; x < SIZE; x++) row[x + 1] = isDark(moduleAt(x), moduleAt(y)) ? 0 : 255
    return row
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  // Eight bits of grey a pixel; the last three bytes are the only methods there are.
  header[8] = 8
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const moduleAt = (pixel: number) => Math.floor(pixel / PIXELS_PER_MODULE)

/** Three squares in the corners, and a pattern between them. */
function isDark(x: number, y: number): boolean {
  const fromEdge = (value: number) => (value < 7 ? value : value >= MODULES - 7 ? MODULES - 1 - value : -1)
  const [left, top] = [fromEdge(x), fromEdge(y)]
  const isCorner = left >= 0 && top >= 0 && !(x >= MODULES - 7 && y >= MODULES - 7)
  if (!isCorner) return (x * 7 + y * 5 + x * y) % 3 === 0
  const ring = Math.min(left, top, 6 - left, 6 - top)
  return ring !== 1
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(content.length + 8)
  whole.writeUInt32BE(data.length, 0)
  content.copy(whole, 4)
  whole.writeUInt32BE(checksum(content), content.length + 4)
  return whole
}

/** CRC-32; Node has it only since 22.2. */
function checksum(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
