import { crc32 } from 'node:zlib'

/** A picture as it is shown for some time. */
export interface Frame {
  /** A PNG; all frames have the same size. */
  png: Uint8Array
  milliseconds: number
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const FRAME_CONTROL_BYTES = 26

/**
 * An animated PNG (https://www.w3.org/TR/png-3/#apng-frame-based-animation) that repeats for ever. The frames' compressed
 * pixels are taken over as they are.
 * @throws TypeError unless all frames have one size and one kind of pixels
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const pictures = frames.map(({ png, milliseconds }) => ({ milliseconds, ...readPng(png) }))
  const [first] = pictures
  if (!first || pictures.some(({ header }) => !header.equals(first.header))) {
    throw new TypeError('the frames of an animation have one size and one kind of pixels')
  }
  let sequence = 0
  const numbered = (data: Buffer) => Buffer.concat([uint32(sequence++), data])
  const animationControl = Buffer.concat([uint32(frames.length), uint32(0)])
  const chunks = pictures.flatMap(({ header, data, milliseconds }, index) => [
    chunk('fcTL', frameControl(numbered(header.subarray(0, 8)), milliseconds)),
    ...data.map((part) => (index === 0 ? chunk('IDAT', part) : chunk('fdAT', numbered(part)))),
  ])
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', first.header),
    chunk('acTL', animationControl),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** @param start sequence number, width and height */
function frameControl(start: Buffer, milliseconds: number): Buffer {
  const control = Buffer.alloc(FRAME_CONTROL_BYTES)
  start.copy(control)
  // Offsets, how it ends and how it is drawn stay 0: the whole picture, over the one before.
  control.writeUInt16BE(milliseconds, 20)
  control.writeUInt16BE(1000, 22)
  return control
}

function readPng(png: Uint8Array): { header: Buffer; data: Buffer[] } {
  const bytes = Buffer.from(png)
  let header = Buffer.alloc(0)
  const data: Buffer[] = []
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = Buffer.from(content)
    if (type === 'IDAT') data.push(content)
    at += 12 + length
  }
  return { header, data }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
