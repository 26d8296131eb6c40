import type { ConfigChange } from '../support/start-app.ts'
import type { PhoneOwner } from './phone-owner.ts'
import type { Screen } from './screen.ts'

/** Something a person does on the phone that the cloud is asked for. */
export interface Scenario {
  name: string
  /** The lines of calls.ts whose half on the phone this is. */
  of?: readonly string[]
  config?: ConfigChange
  /** All that comes before, up to the screen on which it is done. */
  prepare(owner: PhoneOwner): Promise<void>
  /** Throws where there is nothing to tap. */
  act(owner: PhoneOwner): Promise<void>
  /** Whether they see that it is done. */
  isShown(screen: Screen, owner: PhoneOwner): boolean
  /** Whether it is, in the cloud. */
  isTrue?(owner: PhoneOwner): boolean
  /** Whether it is by the time the mini-program is opened again: it is seen to be done before that. */
  isTrueLater?(owner: PhoneOwner): boolean
  /** Next step where the screen has no button to try again: the same once more unless said otherwise. */
  again?(owner: PhoneOwner): Promise<void>
  /** The app does it unasked and shows no result: it can be used meanwhile. */
  isUnasked?: true
  /** Afterwards nobody is to be logged in on this phone. */
  endsLogin?: true
}
