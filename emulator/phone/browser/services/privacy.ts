import type { Device } from '../device/device.ts'
import { showPrivacyContract, showPrivacySheet } from '../device/wechat-sheets.ts'
import { ApiFailure } from './api-failure.ts'

/** A listener of `wx.onNeedPrivacyAuthorization` calls this once the user has decided. */
type Resolve = (decision: { event: string; buttonId?: string }) => void
export type PrivacyListener = (resolve: Resolve, info: { referrer: string }) => void

/** After a refusal, WeChat does not ask again for this time. */
const REFUSAL_MEMORY_MILLISECONDS = 10_000
const KEY = 'privacy-agreed'

/** The user's consent to the mini-program's privacy guide (用户隐私保护指引). */
export class Privacy {
  readonly contractName: string
  readonly #device: Device
  readonly #appName: string
  readonly #agreedButtons = new Set<string>()
  #listener: PrivacyListener | undefined
  #waiting: (() => void)[] = []
  #refusedAt = Number.NEGATIVE_INFINITY

  constructor(device: Device, appName: string) {
    this.#device = device
    this.#appName = appName
    this.contractName = `《${appName}小程序隐私保护指引》`
  }

  get needsAuthorization(): boolean {
    return !this.#isAgreed && this.#device.settings.current.phone !== 'privacy-undeclared'
  }

  get #isAgreed(): boolean {
    return this.#device.consent.read(KEY) === true
  }

  /** Replaces the listener. */
  listen(listener: PrivacyListener): void {
    this.#listener = listener
  }

  /** A tap on a button with `agreePrivacyAuthorization`. */
  agreeByButton(id: string): void {
    this.#agreedButtons.add(id)
    this.#agree()
  }

  openContract(): void {
    void showPrivacyContract(this.#device.overlay, this.contractName)
  }

  /**
   * Resolves when the user has consented. Interfaces that use personal data call it first.
   * @param referrer name of the interface
   * @throws ApiFailure with WeChat's errno
   */
  async requireConsent(referrer: string): Promise<void> {
    const { oldLibrary, phone } = this.#device.settings.current
    if (oldLibrary) return
    if (phone === 'privacy-undeclared') {
      throw new ApiFailure('api scope is not declared in the privacy agreement', { errno: 112 })
    }
    if (phone === 'privacy-banned') throw new ApiFailure('appid privacy api banned', { errno: 1025 })
    if (this.#isAgreed) return
    const agreed = this.#listener
      ? await this.#promptByListener(this.#listener, referrer)
      : await this.#promptByWechat()
    if (!agreed) throw new ApiFailure('privacy permission is not authorized', { errno: 104 })
  }

  #promptByListener(listener: PrivacyListener, referrer: string): Promise<boolean> {
    return new Promise((resolve) => {
      // Consent by any button answers all pending prompts.
      this.#waiting.push(() => resolve(true))
      listener(
        ({ event, buttonId }) => {
          if (event === 'disagree') resolve(false)
          if (event !== 'agree') return
          if (buttonId !== undefined && this.#agreedButtons.has(buttonId)) resolve(true)
          else this.#device.errors.add(`onNeedPrivacyAuthorization: 没有点过 id 为 ${buttonId} 的同意按钮`)
        },
        { referrer },
      )
    })
  }

  async #promptByWechat(): Promise<boolean> {
    if (performance.now() - this.#refusedAt < REFUSAL_MEMORY_MILLISECONDS) return false
    const verdict = await showPrivacySheet(this.#device.overlay, {
      appName: this.#appName,
      contractName: this.contractName,
      openContract: () => this.openContract(),
    })
    if (verdict === 'allow') this.#agree()
    else this.#refusedAt = performance.now()
    return verdict === 'allow'
  }

  #agree(): void {
    this.#device.consent.write(KEY, true)
    for (const resolve of this.#waiting) resolve()
    this.#waiting = []
  }
}
