import type { Frame, Locator } from 'playwright-core'
import { KitError } from '../../kit-error.ts'
import type { PhonePage } from '../../phone/phone-page.ts'
import { cssSelectorOf } from '../css-selector.ts'
import { NotYet } from '../patience.ts'
import {
  type Dialog,
  describeSeveral,
  describeTarget,
  nthOf,
  selectorOf,
  type Target,
  textOf,
} from '../phone.ts'
import { type Search, searchScreen } from './screen-reader.ts'
import { dialogsAt, textsAt } from './window-scripts.ts'

const PAGE_ON_TOP = '.wx-page-layer:not([inert])'
const DIALOGS = '.overlay .veil'
const TOP_DIALOG = `${DIALOGS}:last-child`
const TITLE = '.navigation .title'
const TAB_BAR = '.tab-bar'

/** How a target is meant. */
export interface SearchOptions {
  /** A field, by placeholder or label too. */
  isField?: boolean
  /** It is read and not touched: on the page only, and it may be disabled. */
  isRead?: boolean
}

/** What is on the screen of a phone in a browser: the page on top, and around and above it what is WeChat's. */
export class BrowserScreen {
  readonly #phonePage: PhonePage

  constructor(phonePage: PhonePage) {
    this.#phonePage = phonePage
  }

  /** The window of the mini-program. @throws KitError before it is loaded */
  get frame(): Frame {
    const frame = this.frameIfLoaded
    if (!frame) throw new KitError('小程序还没有载入 · the mini-program has not loaded')
    return frame
  }

  get frameIfLoaded(): Frame | undefined {
    return this.#page.frames().find((frame) => frame.url().includes('part=screen'))
  }

  /** Selects the page on top. */
  readonly pageOnTop = PAGE_ON_TOP

  /** The one place that the target means, or why there is none yet. */
  async find(
    target: Target,
    { isField = false, isRead = false }: SearchOptions = {},
  ): Promise<Locator | NotYet> {
    for (const [frame, within] of isRead ? [this.#pageLayer()] : await this.#layers()) {
      const { matches } = await frame.evaluate(searchScreen, searchFor(target, within, isField))
      const index = nthOf(target) ?? 0
      const match = matches[index]
      if (!match) continue
      if (matches.length > 1 && nthOf(target) === undefined)
        return new NotYet(describeSeveral(target, matches.length))
      if (match.isDisabled && !isRead) return new NotYet(`${describeTarget(target)} 是禁用的 · is disabled`)
      return frame.locator(`[data-kit="${index}"]`)
    }
    const field = isField ? '（输入框 · a field）' : ''
    return new NotYet(`没有找到 · nothing matches ${describeTarget(target)}${field}`)
  }

  /** The text of each place of the page where the target is. */
  async texts(target: Target): Promise<string[]> {
    const { matches } = await this.frame.evaluate(searchScreen, searchFor(target, PAGE_ON_TOP, false))
    return matches.map(({ text }) => text)
  }

  /** All text of the page on top. */
  async pageText(): Promise<string> {
    return this.frame.evaluate(textsAt, PAGE_ON_TOP)
  }

  /** All text, WeChat's too. */
  async everything(): Promise<string> {
    const texts = await Promise.all([
      this.#page.evaluate(textsAt, `${TITLE}, .overlay, .toasts, ${TAB_BAR}`),
      this.frameIfLoaded ? this.pageText() : '',
    ])
    return texts.join('\n')
  }

  title(): Promise<string> {
    return this.#page.evaluate(textsAt, TITLE)
  }

  /** The one on top last. */
  dialogs(): Promise<Dialog[]> {
    return this.#page.evaluate(dialogsAt, DIALOGS)
  }

  /** Where a finger reaches something: what is above hides what is below. */
  async #layers(): Promise<[Frame, string][]> {
    const main = this.#page.mainFrame()
    if ((await main.locator(TOP_DIALOG).count()) > 0) return [[main, TOP_DIALOG]]
    return [this.#pageLayer(), [main, TAB_BAR]]
  }

  #pageLayer(): [Frame, string] {
    return [this.frame, PAGE_ON_TOP]
  }

  get #page() {
    return this.#phonePage.page
  }
}

function searchFor(target: Target, within: string, isField: boolean): Search {
  const selector = selectorOf(target)
  if (selector !== undefined) return { within, selector: cssSelectorOf(selector), isField }
  const text = textOf(target)
  if (typeof text === 'string') return { within, text, isField }
  return { within, pattern: { source: text.source, flags: text.flags }, isField }
}
