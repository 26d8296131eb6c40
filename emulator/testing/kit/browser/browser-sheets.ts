import type { PhonePage } from '../../phone/phone-page.ts'
import { NotYet } from '../patience.ts'
import type { Dialog } from '../phone.ts'

/** Whose sheets these are. */
interface SheetOwner {
  readonly phonePage: PhonePage
  /** Waits for a dialog. */
  dialog(): Promise<Dialog>
  /** @throws KitError with the reason when the phone's time is over */
  until<Value>(attempt: () => Promise<Value | NotYet>): Promise<Value>
  settle(): Promise<void>
}

/** WeChat's own sheets on a phone in a browser: those for the phone number and for an avatar. */
export class BrowserSheets {
  readonly #owner: SheetOwner

  constructor(owner: SheetOwner) {
    this.#owner = owner
  }

  async answerNumber(isAllowed: boolean): Promise<void> {
    await this.#owner.until(async () => {
      const dialog = await this.#dialogAfterPrivacy()
      const isAsked = dialog.buttons.includes('允许') && dialog.text.includes('手机号')
      return isAsked ? dialog : new NotYet('微信没有在要手机号 · WeChat does not ask for the phone number')
    })
    await this.#click(isAllowed ? '允许' : '拒绝')
  }

  async chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = this.#owner.phonePage.page.locator('.avatar-file')
    await this.#owner.until(async () => {
      await this.#dialogAfterPrivacy()
      const isAsked = (await file.count()) > 0
      return isAsked || new NotYet('微信没有在要头像 · WeChat does not ask for an avatar')
    })
    const buffer = Buffer.from(content)
    await file.setInputFiles({ name: 'chosen', mimeType: imageTypeOf(buffer), buffer })
    await this.#owner.settle()
  }

  /** WeChat asks for consent to its privacy guide first, once for each person. */
  async #dialogAfterPrivacy(): Promise<Dialog> {
    const dialog = await this.#owner.dialog()
    if (!isPrivacySheet(dialog)) return dialog
    await this.#click('同意')
    return this.#owner.dialog()
  }

  async #click(name: string): Promise<void> {
    await this.#owner.phonePage.wechatButton(name).click()
    await this.#owner.settle()
  }
}

/** As a person's picture has it; empty for what is none. */
function imageTypeOf(content: Buffer): string {
  const types = { ffd8ff: 'image/jpeg', '89504e': 'image/png', '474946': 'image/gif' }
  return types[content.toString('hex', 0, 3) as keyof typeof types] ?? ''
}

function isPrivacySheet({ text, buttons }: Dialog): boolean {
  return text.includes('隐私保护指引') && buttons.includes('同意')
}
