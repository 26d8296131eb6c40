import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/project.ts'
import { CloudKit } from '../cloud-kit.ts'
import { ASKED, type Asked, EVERY, GUARD } from './asked.ts'

let kit: CloudKit
const measured = new Map<Asked, number | string>()

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
afterEach(() => kit.cloud.faults.clear())

const numbered = ASKED.map((asked, number) => ({ asked, number, name: `${asked.function} ${asked.action}` }))

it.each(numbered)('the round trips of $name are counted', async ({ asked, number }) => {
  const openid = `oPerson-${number}`
  const login = asked.isNew ? undefined : await kit.loginWithCode(openid, '13800138000')
  const person = { kit, openid, token: login?.token ?? '', userId: login?.userInfo.id ?? '' }
  const data = await asked.prepare(person)
  const roundTrips = await kit.sequentialRoundTrips(async () => {
    const { result } = await ask(asked, openid, data)
    expect(result).toMatchObject({ code: asked.does === 'refuses' ? 404 : 200 })
  })
  measured.set(asked, asked.by === 'timer' ? 'as many as its time allows' : roundTrips)
})

it('docs/actions.md says what was counted', async () => {
  const list = (reasons: readonly string[]) => reasons.map((reason) => `\`${reason}\``).join(' ')
  const rows = ASKED.map((asked) => {
    const { function: name, action, does, isGuarded, reasons } = asked
    const answers = `${isGuarded ? '*guard* ' : ''}${list(reasons)}`.trim()
    return `| \`${name}\` ${action} | ${does} | ${measured.get(asked)} | ${answers} |`
  })
  const page = `# What the functions can be asked

Each action with its round trips one after another (what runs side by side counts once; a call takes about this many
times the way to the database and back) and the reasons it can answer. \`contract/reason.ts\` says what each means,
\`cloudfunctions/shared/reasons.ts\` has its code and text.

Every function can answer ${list(EVERY)}.

*guard* stands for ${list(GUARD)}.

The round trips are counted from the embedded cloud's call log by \`test/actions/\`;
\`npx vitest run test/actions -u\` writes this page anew.

| action | does | round trips | can answer |
|---|---|---|---|
${rows.join('\n')}
`
  await expect(page).toMatchFileSnapshot(projectPath('docs/actions.md'))
})

function ask({ function: name, by }: Asked, openid: string, data: object): Promise<{ result?: unknown }> {
  if (by === 'timer') return kit.control.post('timer', { function: name })
  return kit.invoke(name, by === 'console' ? undefined : openid, data)
}
