import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, spreadOf } from '../sample.ts'
import { Stage } from '../stage.ts'

const ROUNDS = 15

/** From the start of the instance's process to its first answer: of a good token, and of a known user's login. */
export const coldAnswerMeasure: Measure = {
  key: 'coldFirstAnswer',
  async run(progress) {
    const stages = { ours: await Stage.open('ours'), usual: await Stage.open('usual') }
    try {
      const tokens = { ours: await stages.ours.login(), usual: await stages.usual.login() }
      const check = (way: 'ours' | 'usual') => () =>
        stages[way].coldAnswer('checkToken', { token: tokens[way] })
      const login = (way: 'ours' | 'usual') => async () => stages[way].coldAnswer('login', stages[way].tap())
      const checks = await interleave(ROUNDS, { ours: check('ours'), usual: check('usual') }, progress)
      const logins = await interleave(ROUNDS, { ours: login('ours'), usual: login('usual') }, progress)
      const rows = [rowOf('checkToken', checks), rowOf('login', logins)]
      const [checkToken, loginRow] = rows.map(({ result }) => round(result))
      return { value: { checkToken, login: loginRow }, rows }
    } finally {
      await stages.ours.close()
      await stages.usual.close()
    }
  },
}

function rowOf(name: string, samples: Record<'ours' | 'usual', number[]>): Row {
  const ours = spreadOf(samples.ours)
  const usual = spreadOf(samples.usual)
  return {
    what: `cold first answer of ${name}`,
    ours: show(ours, 'ms'),
    against: show(usual, 'ms'),
    result: ours.median / usual.median,
    toReach: '≤ 0.50',
  }
}
