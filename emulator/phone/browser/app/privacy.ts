import type { Device } from '../device/device.ts'
import { askPrivacyConsent, showPrivacyContract } from '../device/wechat-sheets.ts'
import { ApiFailure } from './api-failure.ts'

/** What a listener of `wx.onNeedPrivacyAuthorization` is to call once the person has decided. */
type Resolve = (decision: { event: string; buttonId?: string }) => void
export type PrivacyListener = (resolve: Resolve, info: { referrer: string }) => void

/** WeChat does not ask again so soon after a refusal. */
const QUIET_MILLISECONDS = 10_000
const KEY = 'privacy-agreed'

/** Consent to what the mini-program declares about personal data (用户隐私保护指引). */
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

  /** The last listener wins. */
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
   * Resolves once an interface that touches personal data may be used.
   * @throws ApiFailure with the errno WeChat refuses with
   */
  async require(referrer: string): Promise<void> {
    const { oldLibrary, phone } = this.#device.settings.current
    if (oldLibrary) return
    if (phone === 'privacy-undeclared') {
      throw new ApiFailure('api scope is not declared in the privacy agreement', { errno: 112 })
    }
    if (phone === 'privacy-banned') throw new ApiFailure('appid privacy api banned', { errno: 1025 })
    if (this.#isAgreed) return
    const agreed = this.#listener
      ? await this.#askListener(this.#listener, referrer)
      : await this.#askOfficially()
    if (!agreed) throw new ApiFailure('privacy permission is not authorized', { errno: 104 })
  }

  #askListener(listener: PrivacyListener, referrer: string): Promise<boolean> {
    return new Promise((resolve) => {
      // Agreeing by any button answers whoever waits.
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

  async #askOfficially(): Promise<boolean> {
    if (performance.now() - this.#refusedAt < QUIET_MILLISECONDS) return false
    const verdict = await askPrivacyConsent(this.#device.overlay, {
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
