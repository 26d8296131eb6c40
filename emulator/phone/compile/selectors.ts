import parser from 'postcss-selector-parser'
import { documentTag } from '../document-tag.ts'

/** Whose style sheet a selector stands in. */
export type StyleOwner =
  | { kind: 'app' }
  | { kind: 'page'; path: string }
  | { kind: 'component'; styleScope: string | undefined }

/**
 * A selector of WXSS as the phone's document needs it. Specificity stays what it was, since authors rely on it:
 * WeChat's own style sheet has selectors that beat a single class.
 * @throws Error for a selector that is none
 */
export function translateSelector(selector: string, owner: StyleOwner): string {
  return parser((root) => {
    root.walkTags((tag) => {
      tag.value = documentTag(tag.value)
    })
    root.walkIds((id) => {
      // Ids carry a random prefix in the document. The id that never is lends its weight.
      const ends = parser.attribute({
        attribute: 'id',
        operator: '$=',
        value: `--${id.value}`,
        quoteMark: '"',
        raws: {},
      })
      id.replaceWith(parser.pseudo({ value: `:is(#--, ${ends.toString()})` }))
    })
    for (const one of root.nodes) confine(one, owner)
  }).processSync(selector)
}

function confine(selector: parser.Selector, owner: StyleOwner): void {
  if (owner.kind === 'component') {
    const { styleScope } = owner
    if (styleScope === undefined) return
    selector.walkClasses((one) => {
      one.value = `${styleScope}--${one.value}`
    })
    selector.walkPseudos((pseudo) => {
      if (pseudo.value === ':host') pseudo.replaceWith(parser.pseudo({ value: `[wx-host="${styleScope}"]` }))
    })
    return
  }
  const mark = owner.kind === 'page' ? `:where([is="${owner.path}"])` : ''
  const first = selector.nodes[0]
  if (first?.type === 'tag' && first.value === 'wx-page') {
    if (mark !== '') selector.insertAfter(first, parser.pseudo({ value: mark }))
    return
  }
  const within = owner.kind === 'page' ? `:where(wx-page[is="${owner.path}"])` : ':where(wx-page)'
  selector.prepend(parser.combinator({ value: ' ' }))
  selector.prepend(parser.pseudo({ value: within }))
}
