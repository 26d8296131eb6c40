import { ERROR_TEXTS } from '../miniprogram/texts.ts'
import type { RunningProject } from '../support/start-app.ts'
import { NEVER_MET, operationsOf, recordOf } from './matrix.ts'
import type { CleanScenario, PhoneCase } from './phone-cases.ts'
import { PhoneOwner } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'
import { problemsOf, type Screen, tapRetry } from './screen.ts'

/** Does it once without a fault and reads from the call log what is asked of the cloud for it. */
export async function runScenarioCleanly(app: RunningProject, scenario: Scenario): Promise<CleanScenario> {
  const owner = await PhoneOwner.of(app)
  await prepare(owner, scenario)
  owner.proxy.watch()
  await scenario.act(owner)
  const { isDone, problems, messages } = await seen(owner, scenario)
  if (!isDone) problems.push(`not done: ${messages}`)
  if (problems.length > 0) throw new Error(`${scenario.name} fails without any fault: ${problems.join(', ')}`)
  const steps = owner.proxy.watched.map(({ name, data, end }) => {
    return { name, data, operations: end ? operationsOf(recordOf(owner.user.kit, end)) : [] }
  })
  await app.project.reset()
  return { scenario, steps }
}

/** Does it with the fault, then takes the next step that the screen offers. @returns what is wrong, in words */
export async function runPhoneCase(
  app: RunningProject,
  { scenario, injected, mayCostAgain }: PhoneCase,
): Promise<string[]> {
  const owner = await PhoneOwner.of(app)
  try {
    await prepare(owner, scenario)
    owner.proxy.watch(injected)
    await scenario.act(owner)
    if (!owner.proxy.wasMet) return [NEVER_MET]
    let now = await seen(owner, scenario)
    const problems = [...now.problems]
    const goOn = async () => {
      if (now.isDone) return
      const found = await takeNextStep(owner, scenario, now)
      now = await seen(owner, scenario)
      problems.push(...found, ...now.problems)
    }
    // Tried again too early, it ends no worse.
    if (injected.stays) await goOn()
    owner.proxy.restore()
    await goOn()
    if (mayCostAgain && now.messages.includes(ERROR_TEXTS.PHONE_CODE_INVALID)) await goOn()
    if (!now.isDone) problems.push(`the next step does not lead there: ${now.messages}`)
    if (!(await isDoneLater(owner, scenario))) problems.push('opening the app again does not lead there')
    const { authorizations } = owner
    if (authorizations > 1 && !mayCostAgain) problems.push(`${authorizations} authorizations`)
    if (owner.exchanges() > 1) problems.push(`${owner.exchanges()} numbers were learned`)
    return problems
  } finally {
    owner.proxy.restore()
    await app.project.reset()
  }
}

async function prepare(owner: PhoneOwner, scenario: Scenario): Promise<void> {
  await scenario.prepare(owner)
  await owner.forgetToasts()
  owner.tokenBefore = await owner.token()
}

/** Where a person finds themselves. */
interface Seen extends Pick<Screen, 'page' | 'messages'> {
  isDone: boolean
  /** What is wrong with it, in words. */
  problems: string[]
}

async function seen(owner: PhoneOwner, scenario: Scenario): Promise<Seen> {
  const screen = await owner.screen()
  const { page, messages, token } = screen
  const problems = problemsOf(screen)
  const isShown = scenario.isShown(screen, owner)
  const isDone = isShown && (scenario.isTrue === undefined || scenario.isTrue(owner))
  if (isShown && !isDone) problems.push('the phone says that it is done, and it is not')
  if (!isShown && !scenario.isUnasked && messages.length === 0) problems.push(`${page} tells nothing`)
  const isToHaveLogin = owner.tokenBefore !== undefined && !(isShown && scenario.endsLogin)
  if (isToHaveLogin && token === undefined) problems.push('nobody is logged in any more')
  if (isShown && scenario.endsLogin && token !== undefined) problems.push('somebody is still logged in')
  return { page, messages, isDone, problems }
}

async function isDoneLater(owner: PhoneOwner, { isTrueLater }: Scenario): Promise<boolean> {
  if (!isTrueLater) return true
  await owner.open('index')
  return isTrueLater(owner)
}

/** Taps what the screen offers to try again, or does the same once more. @returns what is wrong, in words */
async function takeNextStep(
  owner: PhoneOwner,
  scenario: Scenario,
  { page, messages }: Seen,
): Promise<string[]> {
  try {
    await closeDialogs(owner)
    if (!(await tapRetry(owner.phone))) await (scenario.again ?? scenario.act)(owner)
    return []
  } catch (error) {
    return [`there is no next step on ${page} (${messages}): ${error}`]
  }
}

/** Without choosing anything. */
async function closeDialogs({ phone }: PhoneOwner): Promise<void> {
  for (const { buttons } of (await phone.dialogs()).reverse()) await phone.tap(buttons[0] ?? '')
}
