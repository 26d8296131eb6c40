import { KitError } from '../kit-error.ts'
import type { Duration } from './duration.ts'
import type { CallFilter, CallHandler, EndCallRule, FunctionCall, HeldCall } from './phone-calls.ts'

/**
 * What a test points at: a selector (`.buy`, `#name`, `button.primary`, `.card >>> .title`), or the text that is shown,
 * such as `'购买'`. A text matches whole first, and then a part.
 */
export type Target =
  | string
  | RegExp
  | { selector: string; nth?: number }
  | { text: string | RegExp; nth?: number }

/** What is chosen in a picker, or by a slider. */
export type Choice = string | number | readonly string[]

/** A dialog or sheet of WeChat's above the page. */
export interface Dialog {
  /** All its text. */
  text: string
  buttons: string[]
}

/** How a person's phone differs from the others. */
export interface PersonOptions {
  /** Digits, with `+` and country code unless Chinese; WeChat gives one by default. */
  phoneNumber?: string
  nickname?: string
  /** Another device of the same person has a storage of its own; `1` by default. */
  device?: string
  /** WeChat's language on the phone, such as `en`, from when the mini-program is next opened; `zh_CN` by default. */
  language?: string
}

/** What a script of {@link Phone.evaluate} finds in the mini-program. */
export interface MiniProgramScope {
  // biome-ignore lint/suspicious/noExplicitAny: WeChat's interfaces, and whatever the pages are
  wx: any
  // biome-ignore lint/suspicious/noExplicitAny: as above
  getCurrentPages: () => any[]
  // biome-ignore lint/suspicious/noExplicitAny: as above
  getApp: () => any
}

/** How an interface of `wx` behaves instead of as WeChat's. */
export type ApiReplacement =
  /** It fails with this result, by `fail` or its promise. */
  | { fail: object }
  /** It succeeds with this result. */
  | { success: object }
  /** It throws an Error with this message, as the interfaces whose names end with `Sync` do. */
  | { throws: string }
  /** WeChat is too old to have it. */
  | 'absent'

/**
 * Why WeChat gives no phone number, whatever the person wants: the mini-program may not ask for it, or its packages are
 * used up.
 */
export type NumberWithheld = 'no-permission' | 'out-of-quota'

/**
 * The phone of a WeChat user with the project's mini-program. Everything waits: an action until what it needs is on the
 * screen, and then until nothing follows from it any more.
 *
 * Every method throws KitError when its time is over, with what it waited for and what is on the screen.
 */
export interface Phone {
  readonly openid: string
  /**
   * Starts the mini-program afresh on a page, such as `/pages/goods/goods?id=1`; on its entry page by default. Storage
   * stays.
   */
  open(url?: string): Promise<void>
  /** Taps what is on top: a dialog of WeChat's, else the page, else the tab bar. */
  tap(target: Target): Promise<void>
  /** Presses and holds, as for a menu. */
  longPress(target: Target): Promise<void>
  /**
   * Chooses in a `<picker>`: the text of an option, or one for each column; a date such as `2026-12-01`, or a time such as
   * `08:30`. Moves a `<slider>` to a number.
   */
  choose(target: Target, value: Choice): Promise<void>
  /** Fills a field, by selector, placeholder or label. */
  type(field: Target, text: string): Promise<void>
  /** Waits until the text is on the screen. */
  see(text: string | RegExp): Promise<void>
  /** Waits until the text is on the screen no more. */
  gone(text: string | RegExp): Promise<void>
  /** In how many places of the page on top the target is, now: 0 for what is not there. */
  count(target: Target): Promise<number>
  /** Whether a tap has no effect, because the target is disabled or inside of what is; waits until it is there. */
  isDisabled(target: Target): Promise<boolean>
  /** The text in a field. */
  value(field: Target): Promise<string>
  /** The `src` of an `<image>`, as the page has set it. */
  picture(target: Target): Promise<string>
  /** All text of the page on top. */
  text(): Promise<string>
  /** The text of each place of the page on top where the target is, now, from top to bottom. */
  texts(target: Target): Promise<string[]>
  /** In WeChat's bar above the page; empty for a page that has none. */
  title(): Promise<string>
  /** Path and query of the page on top, such as `pages/goods/goods?id=1`. */
  page(): Promise<string>
  /** Paths of the pages that are open, the one on top last. */
  pages(): Promise<string[]>
  /** The next toast that the test has not read yet. Loading boxes do not count. */
  toast(): Promise<string>
  /** The toasts that the test has not read yet, without waiting for one. */
  toasts(): Promise<string[]>
  /** The dialog on top; waits for one. */
  dialog(): Promise<Dialog>
  /** The dialogs that are open, the one on top last, without waiting for one. */
  dialogs(): Promise<Dialog[]>
  /** On WeChat's sheet that asks for the phone number: 允许. */
  allowNumber(): Promise<void>
  /** On WeChat's sheet that asks for the phone number: 拒绝. */
  refuseNumber(): Promise<void>
  /** From now on WeChat gives no phone number, and asks nobody; undefined: it asks again. */
  withholdNumber(reason: NumberWithheld | undefined): Promise<void>
  /** On WeChat's sheet that a button with `open-type="chooseAvatar"` opens: chooses a picture with this content. */
  chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void>
  /** The arrow in the corner. */
  back(): Promise<void>
  pullDown(): Promise<void>
  /** Scrolls to the end of the page, which may load more. */
  reachBottom(): Promise<void>
  /** Puts the mini-program into the background, until `show`. */
  hide(): Promise<void>
  show(): Promise<void>
  /** From now on the phone's clock is ahead of the cloud's, or behind by a negative duration such as `'-2 days'`. */
  setClock(ahead: Duration): Promise<void>
  goOffline(): Promise<void>
  goOnline(): Promise<void>
  /** Calls of functions that have left the phone since the test read them last, oldest first. */
  calls(): Promise<FunctionCall[]>
  /**
   * Holds the next such call for the test to go on with: by default its answer, when the function has done its work;
   * with `request`, before the cloud gets it.
   */
  holdCall(filter: CallFilter, moment?: 'answer' | 'request'): Promise<HeldCall>
  /**
   * Answers such calls in place of the cloud, by default from now on.
   * @param times how many of them
   * @returns a function that ends it
   */
  answerCalls(filter: CallFilter, handler: CallHandler, times?: number): Promise<EndCallRule>
  /**
   * Runs a script in the mini-program, to read the data of a page, to write storage, or to open a page.
   * @param script uses nothing from around it
   * @returns its awaited result, copied
   */
  evaluate<Result, Argument = undefined>(
    script: (scope: MiniProgramScope, argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>>
  /** What the mini-program has stored under a key; undefined for nothing. Before `open`, too. */
  storage(key: string): Promise<unknown>
  /** All that the mini-program has stored, by key. */
  storage(): Promise<Record<string, unknown>>
  /** Stores a value as the mini-program would have, such as an older version of it. Before `open`, too. */
  store(key: string, value: unknown): Promise<void>
  /** The text that was copied last; empty for none. */
  clipboard(): Promise<string>
  /** Replaces an interface such as `setClipboardData` until `restoreApi`, in the next `open` too. */
  replaceApi(name: string, replacement: ApiReplacement): Promise<void>
  restoreApi(name: string): Promise<void>
  /** What the mini-program has thrown since the test read it last. */
  errors(): Promise<string[]>
}

/** A selector, if the target is one: a text that begins with `.`, `#` or `[`, or with a tag and one of them. */
export function selectorOf(target: Target): string | undefined {
  if (target instanceof RegExp) return undefined
  if (typeof target === 'object') return 'selector' in target ? target.selector : undefined
  return /^\s*([a-z][\w-]*)?[.#[][\w-]/i.test(target) || target.includes('>>>') ? target : undefined
}

/** The text of a target that is no selector. */
export function textOf(target: Target): string | RegExp {
  if (typeof target === 'string' || target instanceof RegExp) return target
  return 'text' in target ? target.text : target.selector
}

/** Which of several; undefined if there may be only one. */
export function nthOf(target: Target): number | undefined {
  return typeof target === 'object' && !(target instanceof RegExp) ? target.nth : undefined
}

/** The test reads a picture where there is none. */
export function notAnImage(target: Target): KitError {
  return new KitError(`${describeTarget(target)} 不是 <image> · is no <image>`)
}

/** The test chooses where there is nothing to choose. */
export function noChoice(target: Target): KitError {
  return new KitError(`${describeTarget(target)} 不是 <picker> 或 <slider> · is no <picker> and no <slider>`)
}

/** A picker does not have what the test chooses. */
export function noOption(value: unknown, options: readonly string[]): KitError {
  const listed = options.slice(0, 12).join('、')
  return new KitError(`没有选项 "${value}" · no such option: ${listed}${options.length > 12 ? '…' : ''}`)
}

/** Why nothing is chosen while several places match. */
export function describeSeveral(target: Target, count: number): string {
  return `有 ${count} 处 ${describeTarget(target)}，请写 { text 或 selector, nth: 0 } · ${count} places match: say which by { text or selector, nth: 0 }`
}

/** Whether the text is somewhere in all text. */
export function hasText(all: string, text: string | RegExp): boolean {
  return typeof text === 'string' ? all.includes(text) : text.test(all)
}

/** A target as messages name it. */
export function describeTarget(target: Target): string {
  const selector = selectorOf(target)
  const nth = nthOf(target)
  const named = selector ?? textOf(target)
  const shown = named instanceof RegExp ? String(named) : `"${named}"`
  return nth === undefined ? shown : `${shown} (nth: ${nth})`
}
