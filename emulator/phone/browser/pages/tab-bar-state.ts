import type { TabBarConfig } from '../../program/program.ts'

/** What a tab shows besides its text and icon. */
export interface TabMark {
  badge?: string
  redDot?: boolean
}

/** The tab bar as the mini-program has changed it since its start. */
export class TabBarState {
  readonly #configuredNow: () => TabBarConfig | undefined
  readonly #items = new Map<number, Partial<TabBarConfig['list'][number]>>()
  readonly #marks = new Map<number, TabMark>()
  #style: Partial<TabBarConfig> = {}
  isHidden = false

  /** @param configured as app.json has it in the present theme */
  constructor(configured: () => TabBarConfig | undefined) {
    this.#configuredNow = configured
  }

  get config(): (TabBarConfig & { list: (TabBarConfig['list'][number] & TabMark)[] }) | undefined {
    const configured = this.#configuredNow()
    if (!configured) return undefined
    const list = configured.list.map((item, index) => ({
      ...item,
      ...this.#items.get(index),
      ...this.#marks.get(index),
    }))
    return { ...configured, ...this.#style, list }
  }

  changeStyle(style: Partial<TabBarConfig>): void {
    this.#style = { ...this.#style, ...style }
  }

  /** @throws Error when there is no such tab */
  changeItem(index: number, item: Partial<TabBarConfig['list'][number]>): void {
    this.#require(index)
    this.#items.set(index, { ...this.#items.get(index), ...item })
  }

  /** @throws Error when there is no such tab */
  mark(index: number, mark: TabMark): void {
    this.#require(index)
    this.#marks.set(index, mark)
  }

  #require(index: number): void {
    if (!this.#configuredNow()?.list[index]) throw new Error('tabbar item not found')
  }
}
