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
      if (!isArgument(tag)) tag.value = documentTag(tag.value)
    })
    root.walkIds((id) => {
      // Ids carry a random prefix in the document. The id that never is lends its weight.
      id.replaceWith(parser.pseudo({ value: `:is(#--, [id$=${JSON.stringify(`--${id.value}`)}])` }))
    })
    for (const one of root.nodes) confine(one, owner)
  }).processSync(selector)
}

/** What stands in `:nth-child(…)` and the like is parsed as a tag, and is none. */
function isArgument(tag: parser.Tag): boolean {
  const around = tag.parent?.parent
  return around?.type === 'pseudo' && /^:(nth-|lang|dir)/.test(around.value)
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
  const before = first?.spaces.before ?? ''
  if (first) first.spaces.before = ''
  const within = owner.kind === 'page' ? `:where(wx-page[is="${owner.path}"])` : ':where(wx-page)'
  selector.prepend(parser.combinator({ value: ' ' }))
  const scope = parser.pseudo({ value: within })
  // As the list was written: one selector a line stays one a line.
  scope.spaces.before = before
  selector.prepend(scope)
}
