import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { signToken, verifyToken } from '../../cloudfunctions/shared/crypto/token.ts'
import { type Measure, round, show } from '../measure.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 51
/** Many in a row, since one takes a few millionths of a second. */
const REPETITIONS = 2000
const APPID = 'wx1234567890abcdef'

/** @returns microseconds a call */
function each(run: () => unknown, repetitions = REPETITIONS): number {
  const startedAt = performance.now()
  for (let count = 0; count < repetitions; count++) run()
  return ((performance.now() - startedAt) * 1000) / repetitions
}

async function samplesOf(progress: (line: string) => void) {
  const bytes = randomBytes(32)
  const key = createSecretKey(bytes)
  const secret = bytes.toString('base64url')
  const now = Date.now()
  const issuedAt = Math.floor(now / 1000)
  const token = signToken([{ id: 'k1', key }], APPID, {
    userId: 'u_0123456789abcdefghijkl',
    sessionId: randomBytes(16).toString('base64url'),
    issuedAt,
    expiresAt: issuedAt + 1000,
  })
  const signed = token.slice(0, token.lastIndexOf('.'))
  const usual = jwt.sign(
    { userId: 'u_0123456789abcdefghijkl', openid: randomBytes(16).toString('base64url') },
    secret,
  )
  return interleave(
    ROUNDS,
    {
      hmac: () => each(() => createHmac('sha256', key).update(signed).digest()),
      ours: () => each(() => verifyToken([{ id: 'k1', key }], APPID, token, now)),
      usual: () => each(() => jwt.verify(usual, secret), REPETITIONS / 20),
    },
    progress,
  )
}

/** Our guard's own code against the bare HMAC-SHA256 of the same bytes, which no check can do without. */
export const verifyOverHmac: Measure = {
  keys: ['verifyOverHmac'],
  async run(progress) {
    const samples = await samplesOf(progress)
    const [ours, hmac] = [spreadOf(samples.ours), spreadOf(samples.hmac)]
    const result = ours.median / hmac.median
    const row = { what: 'verifying a token / bare HMAC-SHA256', result, toReach: '≤ 4' }
    return {
      values: { verifyOverHmac: round(result) },
      rows: [{ ...row, ours: show(ours, 'µs'), against: show(hmac, 'µs') }],
    }
  },
}

/** The same against jsonwebtoken with a string for a secret, which it first tries to read as a public key. */
export const verifyOverStringSecret: Measure = {
  keys: ['verifyOverStringSecret'],
  async run(progress) {
    const samples = await samplesOf(progress)
    const [ours, usual] = [spreadOf(samples.ours), spreadOf(samples.usual)]
    const result = ours.median / usual.median
    const row = { what: 'the same / jsonwebtoken, string secret', result, toReach: '≤ 0.05' }
    return {
      values: { verifyOverStringSecret: round(result, 4) },
      rows: [{ ...row, ours: show(ours, 'µs'), against: show(usual, 'µs') }],
    }
  },
}
