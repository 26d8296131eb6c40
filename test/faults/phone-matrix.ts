import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import type { CloudKit } from '../cloud-kit.ts'
import type { Deed } from './deed.ts'
import { NEVER_MET, operationsOf, recordOf } from './matrix.ts'
import type { CleanDeed, PhoneCase } from './phone-cases.ts'
import { PhoneOwner } from './phone-owner.ts'

/** Does it once without a fault and reads from the call log what is asked of the cloud for it. */
export async function doCleanly(kit: CloudKit, deed: Deed, openid: string): Promise<CleanDeed> {
  const owner = new PhoneOwner(kit, openid, deed.config)
  await prepare(owner, deed)
  owner.line.watch()
  await deed.act(owner)
  await owner.phone.settle()
  const problems = lookAt(owner, deed)
  if (!isDone(owner, deed)) problems.push(`not done: ${owner.screen.told}`)
  if (problems.length > 0) throw new Error(`${deed.name} fails without any fault: ${problems.join(', ')}`)
  const steps = owner.line.watched.map(({ name, data, end }) => {
    return { name, data, operations: end ? operationsOf(recordOf(kit, end)) : [] }
  })
  leave(owner)
  return { deed, steps }
}

/** Does it with the fault, then takes the next step that the screen offers. @returns what is wrong, in words */
export async function runPhoneCase(
  kit: CloudKit,
  { deed, befalling, mayCostAgain }: PhoneCase,
  openid: string,
): Promise<string[]> {
  const owner = new PhoneOwner(kit, openid, deed.config)
  try {
    await prepare(owner, deed)
    owner.line.watch(befalling)
    await deed.act(owner)
    await owner.phone.settle()
    if (!owner.line.wasMet) return [NEVER_MET]
    const problems = lookAt(owner, deed)
    // Tried again too early, it ends no worse.
    if (befalling.stays && !isDone(owner, deed)) problems.push(...(await takeNextStep(owner, deed)))
    owner.line.mend()
    if (!isDone(owner, deed)) problems.push(...(await takeNextStep(owner, deed)))
    if (!isDone(owner, deed) && mayCostAgain && isAskedToAllow(owner)) {
      problems.push(...(await takeNextStep(owner, deed)))
    }
    if (!isDone(owner, deed)) problems.push(`the next step does not lead there: ${owner.screen.told}`)
    if (!(await isDoneLater(owner, deed))) problems.push('opening the app again does not lead there')
    const { authorizations } = owner
    if (authorizations > 1 && !mayCostAgain) problems.push(`${authorizations} authorizations`)
    if (owner.exchanges() > 1) problems.push(`${owner.exchanges()} numbers were learned`)
    return problems
  } finally {
    leave(owner)
  }
}

async function prepare(owner: PhoneOwner, deed: Deed): Promise<void> {
  await deed.prepare(owner)
  await owner.phone.settle()
  owner.phone.toasts.length = 0
  owner.tokenBefore = owner.token
}

function leave(owner: PhoneOwner): void {
  owner.line.mend()
  owner.phone.switchOff()
  owner.subject.forget()
}

function isDone(owner: PhoneOwner, deed: Deed): boolean {
  return deed.isShown(owner) && (deed.isTrue === undefined || deed.isTrue(owner))
}

async function isDoneLater(owner: PhoneOwner, { isTrueLater }: Deed): Promise<boolean> {
  if (!isTrueLater) return true
  await owner.open('index')
  return isTrueLater(owner)
}

function isAskedToAllow({ screen }: PhoneOwner): boolean {
  return screen.told.includes(ENDING_TEXTS.PHONE_CODE_INVALID)
}

/** Taps what the screen offers to try again, or does the same once more. @returns what is wrong, in words */
async function takeNextStep(owner: PhoneOwner, deed: Deed): Promise<string[]> {
  const { phone, screen } = owner
  try {
    if (!screen.tapRetry()) await (deed.again ?? deed.act)(owner)
  } catch (error) {
    return [`there is no next step on ${phone.route} (${screen.told}): ${error}`]
  }
  await phone.settle()
  return lookAt(owner, deed)
}

/** What is wrong with where a person finds themselves, in words. */
function lookAt(owner: PhoneOwner, deed: Deed): string[] {
  const { phone, screen, token, tokenBefore } = owner
  const problems = screen.problems()
  const isShown = deed.isShown(owner)
  if (isShown && !isDone(owner, deed)) problems.push('the phone says that it is done, and it is not')
  if (!isShown && !deed.isUnasked && screen.told.length === 0) problems.push(`${phone.route} tells nothing`)
  const isToHaveLogin = tokenBefore !== undefined && !(isShown && deed.endsLogin)
  if (isToHaveLogin && token === undefined) problems.push('nobody is logged in any more')
  if (isShown && deed.endsLogin && token !== undefined) problems.push('somebody is still logged in')
  return problems
}
