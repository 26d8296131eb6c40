import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { callOperation, type Operation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { EVERY_FUNCTION, GUARD } from '../support/operations/reasons.ts'
import { useCloud } from '../support/use-cloud.ts'

const cloud = useCloud()
const roundTrips = new Map<Operation, number | string>()

it.each(OPERATIONS)('$name succeeds, and its round trips are counted', async (operation) => {
  const user = cloud.newUser()
  if (!operation.isNew) await user.logIn()
  const request = await prepareRequest(operation, user)
  const count = await cloud.kit.sequentialRoundTrips(async () => {
    const { result } = await callOperation(cloud.kit, operation, user.openid, request)
    expect(result).toMatchObject({ code: operation.code ?? 200 })
  })
  roundTrips.set(operation, operation.caller === 'timer' ? 'as many as its time allows' : count)
})

it('docs/actions.md lists every operation with its round trips and reasons', async () => {
  const list = (reasons: readonly string[]) => reasons.map((reason) => `\`${reason}\``).join(' ')
  const rows = OPERATIONS.map((operation) => {
    const { function: name, variant, does, isGuarded, reasons } = operation
    const answers = `${isGuarded ? '*guard* ' : ''}${list(reasons)}`.trim()
    return `| \`${name}\` ${variant} | ${does} | ${roundTrips.get(operation)} | ${answers} |`
  })
  const page = `# What the functions can be asked

Each action with its sequential round trips to the database and the reasons it can answer. Requests in parallel count as one
round trip. \`contract/reason.ts\` says what each reason means, \`cloudfunctions/shared/core/reasons.ts\` has its code.

Every function can answer ${list(EVERY_FUNCTION)}.

*guard* stands for ${list(GUARD)}.

\`test/actions/\` counts the round trips in the embedded cloud's call log; \`npx vitest run test/actions -u\` writes this page.

| action | does | round trips | can answer |
|---|---|---|---|
${rows.join('\n')}
`
  await expect(page).toMatchFileSnapshot(projectPath('docs/actions.md'))
})
