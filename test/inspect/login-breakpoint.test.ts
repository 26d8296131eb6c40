import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { TestDebugger } from 'wechat-cloud-emulator/testing'
import { projectPath } from '../../scripts/lib/project.ts'
import { CONSENT } from '../support/cloud-kit.ts'
import { useCloud } from '../support/use-cloud.ts'

const cloud = useCloud({ inspectorPort: 0 })
let editor: TestDebugger | undefined
afterEach(() => editor?.leave())

/** The number of the line that has this text, as an editor shows it. */
function lineOf(file: string, text: string): number {
  const lines = readFileSync(projectPath(file), 'utf8').split('\n')
  const index = lines.findIndex((line) => line.includes(text))
  if (index < 0) throw new Error(`${file} has no line with ${text}`)
  return index + 1
}

/** Longer than the platform's time limit for a call, and longer than the call's own budget. */
const LONG_MILLISECONDS = 3500

it('a breakpoint in login.ts is met by a login, which goes on and succeeds however long it was stopped', async () => {
  const { kit } = cloud
  const source = 'cloudfunctions/login/login.ts'
  const line = lineOf(source, 'const phone = await countingRefusal(')
  editor = await TestDebugger.attach(kit.cloud.inspector?.host ?? '', 'login', { source, line })
  const phoneCode = await kit.phoneCode('oAlice', '13800138000')
  const answer = kit.login('oAlice', { phoneCode, consent: { version: CONSENT } })

  const stop = await editor.stopped()
  expect(stop.callFrames[0]?.functionName).toBe('loginWithCode')
  expect(await editor.evaluate(stop, 'phoneCode')).toBe(phoneCode)
  expect(await editor.evaluate(stop, '({ user, consent })')).toMatchObject({
    user: null,
    consent: { version: CONSENT },
  })
  await sleep(LONG_MILLISECONDS)
  // The budget of the call stands still meanwhile.
  expect(await editor.evaluate(stop, 'call.budget.left()')).toBeGreaterThan(1000)
  await editor.resume()

  expect(await answer).toMatchObject({ code: 200, data: { isNewUser: true } })
  expect((await kit.lastCall()).error).toBeUndefined()
})
