import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkBundles } from '../../scripts/checks/platform/bundle-check.ts'
import { fetchSdk, PRESENT_SDK, SDKS } from '../../scripts/checks/platform/sdk-packages.ts'
import { buildFunctions } from '../../scripts/lib/build/build-functions.ts'
import { GUARD_FOLDER } from '../../scripts/lib/build/build-project.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import { removeSurface, runSurface, type Surface, steady } from './surface.ts'

/** The steps that an SDK before 4.0 ends differently. All else is as with the present SDK. */
const DIFFERS_BEFORE_4 = {
  createCollectionAgain: -501001,
  aggregateBadly: -502002,
  callMissingFunction: -501001,
  getTempFileUrlOfNothing: -501007,
  deleteNothing: -501007,
  downloadMissing: -503003,
  // The number is the same, the words are not.
  cloudPay: -501007,
  uploadBadPath: -1,
  // No `cloud.ai` before 4.0.
  ai: undefined,
  // A refused upload passes for one that succeeded, and text is uploaded.
  uploadRefused: 'uploadFile:ok',
  uploadText: 'uploadFile:ok',
} as const

let present: Surface
beforeAll(async () => {
  if (isExhaustive) present = await runSurface()
}, 60_000)
afterAll(() => present && removeSurface(present))

const OTHERS = SDKS.filter(({ name }) => name !== `wx-server-sdk ${PRESENT_SDK}`)

describe.runIf(isExhaustive).each(shardOfAll(OTHERS))('$name', { timeout: 120_000 }, (sdk) => {
  const isOld = /^wx-server-sdk [23]\./.test(sdk.name)
  let surface: Surface
  let folder: string
  beforeAll(async () => {
    const fetched = await fetchSdk(sdk)
    if ('failure' in fetched) throw new Error(fetched.failure)
    folder = fetched.directory
    surface = await runSurface(folder)
  }, 180_000)
  afterAll(() => removeSurface(surface))

  it('sends the same from the bundle, and ends each call the same', () => {
    expect(surface.unbundled.sent.length).toBeGreaterThan(50)
    expect(surface.bundled.sent).toEqual(surface.unbundled.sent)
    expect(steady(surface.bundled.outcomes)).toEqual(steady(surface.unbundled.outcomes))
  })

  it('ends each call as the present SDK does, but for what the documents say', () => {
    const differing = Object.entries(ends(surface)).filter(([step, end]) => end !== ends(present)[step])
    expect(Object.fromEntries(differing.map(([step]) => [step, endOf(surface, step)]))).toEqual(
      isOld ? DIFFERS_BEFORE_4 : {},
    )
  })

  it('is bundled whole with one warning unless it is as the build expects', () => {
    expect(surface.warnings).toEqual(isOld ? [expect.stringMatching(/^wx-server-sdk [\d.]+ .*whole/)] : [])
  })

  it('carries the login and every other function, and one that auth-guard.js guards', async () => {
    const target = mkdtempSync(join(tmpdir(), 'sdk-version-'))
    try {
      await buildFunctions({ source: projectPath('cloudfunctions'), target, sdkFolder: folder })
      const guardSdk = createRequire(join(folder, 'package.json')).resolve('wx-server-sdk')
      const calls = await checkBundles({
        functionsDirectory: target,
        guardDirectory: GUARD_FOLDER,
        guardSdk,
      })
      expect(calls.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['login with a phone code', 'silent login', 'guarded']),
      )
      expect(calls.filter(({ failure }) => failure !== undefined)).toEqual([])
    } finally {
      rmSync(target, { recursive: true, force: true })
    }
  })
})

/** How each step ended, as text. */
function ends({ directory, unbundled }: Surface): Record<string, string> {
  const outcomes = Object.entries(steady(unbundled.outcomes))
  return Object.fromEntries(
    outcomes.map(([step, outcome]) => [step, JSON.stringify(outcome).replaceAll(directory, '')]),
  )
}

/** The number or the words by which a step ended. */
function endOf({ unbundled }: Surface, step: string): unknown {
  const { given, thrown } = unbundled.outcomes[step] as Record<string, Record<string, unknown> | undefined>
  return thrown ? thrown['errCode'] : given?.['errMsg']
}
