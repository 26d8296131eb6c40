import { afterAll, beforeAll, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud
beforeAll(async () => {
  kit = await FixtureCloud.start({ maximumScannedDocuments: 7 })
})
afterAll(() => kit.stop())

it('answers, changes and removes the limit of a cloud', async () => {
  expect(await kit.control.get('scan-limit')).toEqual({ maximumScannedDocuments: 7 })
  expect(await kit.control.post('scan-limit', { maximumScannedDocuments: 0 })).toEqual({
    maximumScannedDocuments: 0,
  })
  expect(kit.cloud.database.maximumScannedDocuments).toBe(0)
  await kit.control.post('scan-limit', { maximumScannedDocuments: null })
  expect(kit.cloud.database.maximumScannedDocuments).toBeUndefined()
})

it.each([{}, { maximumScannedDocuments: -1 }, { maximumScannedDocuments: 'x' }])(
  '%j is refused',
  async (body) => {
    const response = await fetch(`${kit.cloud.controlUrl}/scan-limit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(400)
  },
)
