import { BenchCloud } from '../bench-cloud.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 15

/** From the start of the instance's process to its first answer: of a good token, and of a known user's login. */
export const coldAnswerMeasure: Measure = {
  keys: ['coldFirstAnswer'],
  async run(progress) {
    const benches = { ours: await BenchCloud.open('ours'), usual: await BenchCloud.open('usual') }
    try {
      const tokens = { ours: await benches.ours.login(), usual: await benches.usual.login() }
      const check = (variant: 'ours' | 'usual') => () =>
        benches[variant].coldAnswer('checkToken', { token: tokens[variant] })
      const login = (variant: 'ours' | 'usual') => async () =>
        benches[variant].coldAnswer('login', benches[variant].tap())
      const checks = await interleave(ROUNDS, { ours: check('ours'), usual: check('usual') }, progress)
      const logins = await interleave(ROUNDS, { ours: login('ours'), usual: login('usual') }, progress)
      const rows = [rowOf('checkToken', checks, '≤ 0.50'), rowOf('login', logins, '≤ 0.45')]
      const [checkToken, loginRow] = rows.map(({ result }) => round(result))
      return { values: { coldFirstAnswer: { checkToken, login: loginRow } }, rows }
    } finally {
      await benches.ours.close()
      await benches.usual.close()
    }
  },
}

function rowOf(name: string, samples: Record<'ours' | 'usual', number[]>, toReach: string): Row {
  const ours = spreadOf(samples.ours)
  const usual = spreadOf(samples.usual)
  return {
    what: `cold first answer of ${name}`,
    ours: show(ours, 'ms'),
    against: show(usual, 'ms'),
    result: ours.median / usual.median,
    toReach,
  }
}
