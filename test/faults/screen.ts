import { everyElement, fire } from 'wechat-cloud-emulator/testing/simulator'
import type { Phone } from '../miniprogram/phone/phone.ts'
import { ERROR_TEXTS, TEXTS } from '../miniprogram/texts.ts'

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

const WORDS = new Set(leavesOf(TEXTS))
/** Such as 正在登录… and 删除中. */
const WAITING = new Set([...WORDS].filter((text) => /^正在.*…$|^..中…?$/.test(text)))
const ENDINGS: readonly string[] = Object.values(ERROR_TEXTS)
/** Said after the text of a failure, where an action may have begun. */
const UNFINISHED = [TEXTS.closeAccount.unfinished, TEXTS.transfer.unfinished]
const TOLD = new Set([
  ...ENDINGS,
  ...ENDINGS.flatMap((text) => UNFINISHED.map((more) => text + more)),
  ...WORDS,
])
/** What a person is never to read: names of reasons, and the words of a machine. */
const TECHNICAL = new RegExp(
  `${Object.keys(ERROR_TEXTS).join('|')}|errCode|errMsg|error|:fail|undefined|null|NaN|object|Exception|-\\d{5}`,
)
/** On the buttons that do once more what failed, where that is another button than before. */
const RETRIES: readonly string[] = Object.values(TEXTS).flatMap((texts) =>
  'retry' in texts ? texts.retry : [],
)

/** What a person sees on a phone, whichever page is open, and what a finger finds there. */
export class Screen {
  readonly #phone: Phone

  constructor(phone: Phone) {
    this.#phone = phone
  }

  /** What the cards say that tell what went wrong, and a dialog that does. */
  get messages(): string[] {
    const cards = this.#elements('NOTICE-CARD').map(({ instance }) => String(instance.data['text']))
    const { modal } = this.#phone
    return [...cards.filter((text) => text !== ''), ...(modal ? [modal.content] : [])]
  }

  /** Taps the button that does the last thing once more. @returns whether there is one */
  tapRetry(): boolean {
    const button = this.#elements('WX-BUTTON').find(({ dom }) => RETRIES.includes(dom.textContent.trim()))
    if (!button || button.instance.data['disabled'] === true) return false
    fire(button, 'tap')
    return true
  }

  /** What is wrong on a screen on which nothing goes on any more, in words. */
  problems(): string[] {
    const { text, toasts } = this.#phone
    const spinners = this.#elements('WX-BUTTON').filter(({ instance }) => instance.data['loading'] === true)
    const waiting = this.#elements().filter(({ dom }) => WAITING.has(dom.textContent.trim()))
    const technical = TECHNICAL.exec(text)
    return [
      ...(text.trim() === '' ? ['the screen is blank'] : []),
      ...spinners.map(({ dom }) => `a spinner stays: ${dom.textContent.trim()}`),
      ...waiting.map(({ dom }) => `it still says ${dom.textContent.trim()}`),
      ...(technical ? [`the screen says ${technical[0]}`] : []),
      ...this.messages.filter((said) => !TOLD.has(said)).map((said) => `no text of the project: ${said}`),
      ...toasts.filter((said) => !WORDS.has(said)).map((said) => `no text of the project: ${said}`),
    ]
  }

  #elements(tagName?: string) {
    const all = everyElement(this.#phone.page.element)
    return tagName === undefined ? all : all.filter(({ dom }) => dom.tagName === tagName)
  }
}
