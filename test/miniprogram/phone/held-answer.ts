import type { CloudCall, CloudNetwork } from 'wechat-cloud-emulator/testing/simulator'
import type { Phone } from './phone.ts'

/** Holds back the answer to the next call of a kind, which the cloud has done by then. */
export class HeldAnswer {
  readonly #phone: Phone
  #release: () => void = () => {}
  #waiting: Promise<void>
  #isWaiting: () => void = () => {}

  /** @param change what becomes of the answer on the way; the answer of the cloud if left out */
  constructor(phone: Phone, isHeld: (call: CloudCall) => boolean, change?: CloudNetwork) {
    this.#phone = phone
    this.#waiting = new Promise((resolve) => {
      this.#isWaiting = resolve
    })
    const cloud = phone.deliver
    let isOver = false
    phone.deliver = async (call) => {
      if (isOver || !isHeld(call)) return cloud(call)
      isOver = true
      const answer = await settled((change ?? cloud)(call))
      const released = new Promise<void>((resolve) => {
        this.#release = resolve
      })
      phone.heldCalls += 1
      this.#isWaiting()
      await released
      phone.heldCalls -= 1
      return answer()
    }
  }

  /** Until the call was made, and all that goes on without its answer is done. */
  async waiting(): Promise<void> {
    await this.#waiting
    await this.#phone.settle()
  }

  /** The answer arrives. */
  async arrives(): Promise<void> {
    this.#release()
    await this.#phone.settle()
  }
}

/** A refusal as the functions word it. */
export function refusing(reason: string): CloudNetwork {
  const code = /^(TOKEN_|SESSION_|ACCOUNT_)/.test(reason) ? 403 : 400
  return async () => ({ result: { code, reason, message: '', requestId: 'held' } })
}

async function settled<Value>(promise: Promise<Value>): Promise<() => Value> {
  try {
    const value = await promise
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

export const isLogin = ({ name }: CloudCall): boolean => name === 'login'
export const isPhoneLogin = ({ name, data }: CloudCall): boolean => name === 'login' && 'phoneCode' in data
export const isSilent = ({ name, data }: CloudCall): boolean =>
  name === 'login' && !('phoneCode' in data) && !('ticket' in data) && !('consent' in data)

/** A call of a function, with this action if there is one. */
export function isCallOf(name: string, action?: string): (call: CloudCall) => boolean {
  return (call) => call.name === name && (action === undefined || call.data['action'] === action)
}
