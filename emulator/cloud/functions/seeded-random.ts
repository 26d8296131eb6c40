/** Inside the process of an instance: the random bytes and ids of a call, which are the same every time for a pinned call. */
import crypto from 'node:crypto'

const machineRandomBytes = crypto.randomBytes
const machineRandomUuid = crypto.randomUUID

let seed: string | undefined
let drawn = 0

/** Before the function's file is loaded. */
export function installSeededRandom(): void {
  crypto.randomBytes = randomBytes as typeof crypto.randomBytes
  crypto.randomUUID = (options) => (seed === undefined ? machineRandomUuid(options) : seededUuid(draw(16)))
}

/** Seeds the random numbers of the next call; without a seed they are the machine's again. */
export function seedRandom(newSeed: string | undefined): void {
  seed = newSeed
  drawn = 0
}

/** The same id for the same seed, in the form of a random one. */
export function uuidOf(anySeed: string): ReturnType<typeof crypto.randomUUID> {
  return seededUuid(bytesOf(anySeed, 16))
}

function randomBytes(size: number, callback?: (error: Error | null, bytes: Buffer) => void): unknown {
  if (seed === undefined) return callback ? machineRandomBytes(size, callback) : machineRandomBytes(size)
  const bytes = draw(size)
  if (!callback) return bytes
  return setImmediate(callback, null, bytes)
}

function draw(size: number): Buffer {
  drawn += 1
  return bytesOf(`${seed} ${drawn}`, size)
}

function bytesOf(text: string, size: number): Buffer {
  return crypto.createHash('shake256', { outputLength: size }).update(text).digest()
}

function seededUuid(bytes: Buffer): ReturnType<typeof crypto.randomUUID> {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
