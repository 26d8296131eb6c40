import type { Theme } from '../device/tester-settings.ts'

const FEATURE = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g
const MATCHES = '(min-width: 0px)'
const FAILS = '(max-width: 0px)'

/** `@media (prefers-color-scheme: …)` of the style sheets: it follows WeChat's switch and not the browser's. */
export class ColorScheme {
  readonly #rules: readonly (readonly [rule: CSSMediaRule, written: string])[]

  constructor(document: Document) {
    this.#rules = [...document.styleSheets].flatMap((sheet) => mediaRulesIn(sheet))
  }

  apply(theme: Theme): void {
    for (const [rule, written] of this.#rules) {
      rule.media.mediaText = written.replace(FEATURE, (_, scheme) => (scheme === theme ? MATCHES : FAILS))
    }
  }
}

function mediaRulesIn(group: { cssRules: CSSRuleList }): (readonly [CSSMediaRule, string])[] {
  return [...group.cssRules].flatMap((rule) => {
    const inner = rule instanceof CSSGroupingRule ? mediaRulesIn(rule) : []
    if (!(rule instanceof CSSMediaRule) || rule.media.mediaText.search(FEATURE) < 0) return inner
    return [[rule, rule.media.mediaText] as const, ...inner]
  })
}
