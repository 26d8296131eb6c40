import { KitError } from '../../kit-error.ts'
import type { TestCloud } from '../../test-cloud.ts'
import { NotYet } from '../patience.ts'
import type { Dialog, NumberWithheld } from '../phone.ts'
import { fire } from './page-simulator.ts'
import type { SimulatedDevice } from './simulated-device.ts'
import { dialogOf, isForNumber, numberDetail, type SheetRequest, withheldDetail } from './wechat-sheets.ts'
import type { Question } from './wx-api.ts'

/** Whose dialogs these are. */
export interface DialogOwner {
  readonly openid: string
  readonly cloud: TestCloud
  /** @throws KitError before the mini-program is opened */
  readonly device: SimulatedDevice
  /** @throws KitError with the reason when the phone's time is over */
  until<Value>(attempt: () => Value | NotYet): Promise<Value>
}

/** What WeChat shows above the page: its own sheets, and below them the dialogs of the mini-program. */
export class SimulatedDialogs {
  /** Why WeChat gives no number; undefined: it asks. */
  numberWithheld: NumberWithheld | undefined
  readonly #owner: DialogOwner
  /** Sheets above one another, the one on top last. */
  #sheets: SheetRequest[] = []
  #picturesChosen = 0

  constructor(owner: DialogOwner) {
    this.#owner = owner
  }

  /** All are gone, unanswered. */
  clear(): void {
    this.#sheets = []
    this.#owner.device.questions = []
  }

  /** The one on top; undefined if there is none. */
  get top(): Dialog | undefined {
    return this.open.at(-1)
  }

  /** The one on top last. */
  get open(): Dialog[] {
    return [...this.#owner.device.questions.map(dialogOfQuestion), ...this.#sheets.map(dialogOf)]
  }

  /** What a button asks WeChat for. */
  show(request: SheetRequest): void {
    if (isForNumber(request) && this.numberWithheld)
      fire(request.button, request.event, withheldDetail(request, this.numberWithheld))
    else this.#sheets.push(request)
  }

  /** @throws KitError if the one on top has no such button */
  async tap(name: string): Promise<void> {
    const { top } = this
    if (!top?.buttons.includes(name)) {
      throw new KitError(
        `对话框挡住了页面，上面没有 "${name}" · a dialog is in the way and has no such button: ${top?.text} [${top?.buttons.join('] [')}]`,
      )
    }
    const sheet = this.#sheets.at(-1)
    if (!sheet) return this.#owner.device.questions.pop()?.answer(top.buttons.indexOf(name))
    if (isForNumber(sheet)) return this.answerNumber(name === '允许')
    if (name !== '取消')
      throw new KitError('头像用 phone.chooseAvatar() 选 · choose an avatar by phone.chooseAvatar()')
    this.#sheets.pop()
  }

  async answerNumber(isAllowed: boolean): Promise<void> {
    const request = await this.#closed('number')
    const { openid, cloud, device } = this.#owner
    const { isConnected } = device
    fire(
      request.button,
      request.event,
      await numberDetail(request, { isAllowed, isConnected, cloud, openid }),
    )
  }

  async chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void> {
    const { button, event } = await this.#closed('avatar')
    this.#picturesChosen += 1
    const avatarUrl = `http://tmp/chosen-${this.#picturesChosen}`
    this.#owner.device.files.set(avatarUrl, content)
    fire(button, event, { avatarUrl })
  }

  /** Closes the sheet on top once there is one of this kind. */
  #closed(kind: 'number' | 'avatar'): Promise<SheetRequest> {
    const wanted = kind === 'number' ? '手机号 · the phone number' : '头像 · an avatar'
    return this.#owner.until(() => {
      const sheet = this.#sheets.at(-1)
      if (!sheet || isForNumber(sheet) !== (kind === 'number'))
        return new NotYet(`没有对话框：微信没有在要 · no dialog: WeChat does not ask for: ${wanted}`)
      this.#sheets.pop()
      return sheet
    })
  }
}

/** A dialog of the mini-program's. */
function dialogOfQuestion({ lines, buttons }: Question): Dialog {
  return { text: [...lines, ...buttons].join('\n').trim(), buttons: [...buttons] }
}
