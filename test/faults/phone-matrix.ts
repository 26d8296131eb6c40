import { ERROR_TEXTS } from '../miniprogram/texts.ts'
import type { CloudKit } from '../support/cloud-kit.ts'
import { NEVER_MET, operationsOf, recordOf } from './matrix.ts'
import type { CleanScenario, PhoneCase } from './phone-cases.ts'
import { PhoneOwner } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'
import { deleteDocumentsOf } from './stored-account.ts'

/** Does it once without a fault and reads from the call log what is asked of the cloud for it. */
export async function runScenarioCleanly(
  kit: CloudKit,
  scenario: Scenario,
  openid: string,
): Promise<CleanScenario> {
  const owner = new PhoneOwner(kit, openid, scenario.config)
  await prepare(owner, scenario)
  owner.proxy.watch()
  await scenario.act(owner)
  await owner.phone.settle()
  const problems = problemsOn(owner, scenario)
  if (!isDone(owner, scenario)) problems.push(`not done: ${owner.screen.messages}`)
  if (problems.length > 0) throw new Error(`${scenario.name} fails without any fault: ${problems.join(', ')}`)
  const steps = owner.proxy.watched.map(({ name, data, end }) => {
    return { name, data, operations: end ? operationsOf(recordOf(kit, end)) : [] }
  })
  cleanUp(owner)
  return { scenario, steps }
}

/** Does it with the fault, then takes the next step that the screen offers. @returns what is wrong, in words */
export async function runPhoneCase(
  kit: CloudKit,
  { scenario, injected, mayCostAgain }: PhoneCase,
  openid: string,
): Promise<string[]> {
  const owner = new PhoneOwner(kit, openid, scenario.config)
  try {
    await prepare(owner, scenario)
    owner.proxy.watch(injected)
    await scenario.act(owner)
    await owner.phone.settle()
    if (!owner.proxy.wasMet) return [NEVER_MET]
    const problems = problemsOn(owner, scenario)
    // Tried again too early, it ends no worse.
    if (injected.stays && !isDone(owner, scenario)) problems.push(...(await takeNextStep(owner, scenario)))
    owner.proxy.restore()
    if (!isDone(owner, scenario)) problems.push(...(await takeNextStep(owner, scenario)))
    if (!isDone(owner, scenario) && mayCostAgain && isAskedToAllow(owner)) {
      problems.push(...(await takeNextStep(owner, scenario)))
    }
    if (!isDone(owner, scenario)) problems.push(`the next step does not lead there: ${owner.screen.messages}`)
    if (!(await isDoneLater(owner, scenario))) problems.push('opening the app again does not lead there')
    const { authorizations } = owner
    if (authorizations > 1 && !mayCostAgain) problems.push(`${authorizations} authorizations`)
    if (owner.exchanges() > 1) problems.push(`${owner.exchanges()} numbers were learned`)
    return problems
  } finally {
    cleanUp(owner)
  }
}

async function prepare(owner: PhoneOwner, scenario: Scenario): Promise<void> {
  await scenario.prepare(owner)
  await owner.phone.settle()
  owner.phone.toasts.length = 0
  owner.tokenBefore = owner.token
}

function cleanUp(owner: PhoneOwner): void {
  owner.proxy.restore()
  owner.phone.switchOff()
  deleteDocumentsOf(owner.user)
}

function isDone(owner: PhoneOwner, scenario: Scenario): boolean {
  return scenario.isShown(owner) && (scenario.isTrue === undefined || scenario.isTrue(owner))
}

async function isDoneLater(owner: PhoneOwner, { isTrueLater }: Scenario): Promise<boolean> {
  if (!isTrueLater) return true
  await owner.open('index')
  return isTrueLater(owner)
}

function isAskedToAllow({ screen }: PhoneOwner): boolean {
  return screen.messages.includes(ERROR_TEXTS.PHONE_CODE_INVALID)
}

/** Taps what the screen offers to try again, or does the same once more. @returns what is wrong, in words */
async function takeNextStep(owner: PhoneOwner, scenario: Scenario): Promise<string[]> {
  const { phone, screen } = owner
  try {
    if (!screen.tapRetry()) await (scenario.again ?? scenario.act)(owner)
  } catch (error) {
    return [`there is no next step on ${phone.route} (${screen.messages}): ${error}`]
  }
  await phone.settle()
  return problemsOn(owner, scenario)
}

/** What is wrong with where a person finds themselves, in words. */
function problemsOn(owner: PhoneOwner, scenario: Scenario): string[] {
  const { phone, screen, token, tokenBefore } = owner
  const problems = screen.problems()
  const isShown = scenario.isShown(owner)
  if (isShown && !isDone(owner, scenario)) problems.push('the phone says that it is done, and it is not')
  if (!isShown && !scenario.isUnasked && screen.messages.length === 0)
    problems.push(`${phone.route} tells nothing`)
  const isToHaveLogin = tokenBefore !== undefined && !(isShown && scenario.endsLogin)
  if (isToHaveLogin && token === undefined) problems.push('nobody is logged in any more')
  if (isShown && scenario.endsLogin && token !== undefined) problems.push('somebody is still logged in')
  return problems
}
