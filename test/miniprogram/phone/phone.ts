import {
  type CloudNetwork,
  type Element,
  fire,
  SimulatedDevice,
} from 'wechat-cloud-emulator/testing/simulator'
import type { CloudKit } from '../../support/cloud-kit.ts'
import { type ConfigChange, compileMiniprogram } from './compiled.ts'

/** One person's phone with this mini-program on it. */
export class Phone extends SimulatedDevice {
  constructor(cloud: CloudNetwork, change: ConfigChange = {}) {
    super(compileMiniprogram({ cloudEnv: 'test-env', ...change }), cloud)
  }

  /** A phone whose calls reach the real functions in the embedded cloud. */
  static of(kit: CloudKit, openid: string, change: ConfigChange = {}): Phone {
    const phone = new Phone(() => Promise.reject(new Error('not connected')), change)
    phone.connect(kit, openid)
    return phone
  }

  /** Opens the mini-program afresh, on its first page by default. */
  override launch(page = 'pages/index/index'): Promise<void> {
    return super.launch(page)
  }

  /** The page, or the component that fills it. */
  protected override get content(): Element {
    return this.page.element.querySelector('.panel') ?? this.page.element
  }

  /** Selects the phone button of the login page. */
  readonly phoneButton = '.main-button >>> .phone-button'

  /** Whether a tap on this button makes WeChat ask for the number, which costs. */
  asksWeChat(selector = this.phoneButton): boolean {
    const button = this.find(selector)?.instance.data
    return (
      button !== undefined && button['disabled'] !== true && /PhoneNumber/.test(String(button['openType']))
    )
  }

  /** Taps the phone button and answers WeChat's dialog. */
  tapPhoneButton(detail: object, event = 'getphonenumber'): void {
    if (!this.asksWeChat()) throw new Error('the phone button asks WeChat for nothing')
    this.tap(this.phoneButton)
    this.answerPhoneButton(detail, event)
  }

  /** What WeChat's dialog says at its end. */
  answerPhoneButton(detail: object, event = 'getphonenumber'): void {
    const button = this.find(this.phoneButton)
    if (button) fire(button, event, detail)
  }
}
