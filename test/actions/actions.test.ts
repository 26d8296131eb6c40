import { expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { LANGUAGES } from '../documents/languages.ts'
import { callOperation, type Operation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { useCloud } from '../support/use-cloud.ts'
import { actionsPage, actionsPagePath } from './page.ts'

const cloud = useCloud()
const roundTrips = new Map<Operation, number | 'by time'>()

it.each(OPERATIONS)('$name succeeds, and its round trips are counted', async (operation) => {
  const user = cloud.newUser()
  if (!operation.isNew) await user.logIn()
  const request = await prepareRequest(operation, user)
  const count = await cloud.kit.sequentialRoundTrips(async () => {
    const { result } = await callOperation(cloud.kit, operation, user.openid, request)
    expect(result).toMatchObject({ code: operation.code ?? 200 })
  })
  roundTrips.set(operation, operation.caller === 'timer' ? 'by time' : count)
})

it.each(LANGUAGES)(
  'actions.md lists every operation with its round trips and reasons: %s',
  async (language) => {
    const page = actionsPage(OPERATIONS, roundTrips, language)
    await expect(page).toMatchFileSnapshot(projectPath(actionsPagePath(language)))
  },
)
