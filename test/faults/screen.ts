import type { Dialog, Phone } from 'wechat-cloud-emulator/testing'
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
const READY_BUTTON = { selector: 'button:not([disabled])' }

/** What a person sees on a phone at one moment, whichever page is open. */
export interface Screen {
  /** The page's own name. */
  readonly page: string
  readonly text: string
  /** All toasts since the person began. */
  readonly toasts: readonly string[]
  /** What the cards say that tell what went wrong, and a dialog that does. */
  readonly messages: readonly string[]
  /** The words of the dialog on top, without its buttons; empty if there is none. */
  readonly dialog: string
  /** The login on the phone. */
  readonly token: string | undefined
  /** The buttons that say that something is under way, by sign or word. */
  readonly busy: readonly string[]
}

/** @param known what the phone's owner keeps in mind */
export async function readScreen(phone: Phone, known: Pick<Screen, 'toasts' | 'token'>): Promise<Screen> {
  const dialog = (await phone.dialogs()).at(-1)
  const message = dialog ? messageOf(dialog) : ''
  const buttons = await phone.texts({ selector: 'button' })
  return {
    page: (await phone.page()).split('?', 1)[0]?.split('/').at(-1) ?? '',
    text: await phone.text(),
    ...known,
    messages: [...(await phone.texts('notice-card >>> .text')), ...(dialog ? [message] : [])],
    dialog: message,
    busy: [...(await phone.texts('button[loading]')), ...buttons.filter((text) => WAITING.has(text))],
  }
}

/** Taps the button that does the last thing once more. @returns whether there is one */
export async function tapRetry(phone: Phone): Promise<boolean> {
  const nth = (await phone.texts(READY_BUTTON)).findIndex((text) => RETRIES.includes(text))
  if (nth < 0) return false
  await phone.tap({ ...READY_BUTTON, nth })
  return true
}

/** What is wrong on a screen on which nothing goes on any more, in words. */
export function problemsOf({ text, toasts, messages, busy }: Screen): string[] {
  const waiting = text.split('\n').filter((line) => WAITING.has(line))
  const technical = TECHNICAL.exec(text)
  return [
    ...(text === '' ? ['the screen is blank'] : []),
    ...busy.map((button) => `a button stays busy: ${button}`),
    ...waiting.map((line) => `it still says ${line}`),
    ...(technical ? [`the screen says ${technical[0]}`] : []),
    ...messages.filter((said) => !TOLD.has(said)).map((said) => `no text of the project: ${said}`),
    ...toasts.filter((said) => !WORDS.has(said)).map((said) => `no text of the project: ${said}`),
  ]
}

/** What a dialog says below its title. */
function messageOf({ text, buttons }: Dialog): string {
  const lines = text.split('\n').slice(0, -buttons.length)
  return lines.length > 1 && WORDS.has(lines[0] ?? '') ? lines.slice(1).join('\n') : lines.join('\n')
}
