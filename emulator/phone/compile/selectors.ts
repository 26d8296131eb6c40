import parser from 'postcss-selector-parser'
import { documentTag } from '../program/document-tag.ts'

/** The app, page or component whose style sheet contains a selector. */
export type StyleOwner =
  /** Without the app's styles are packages (独立分包), by their roots, and pages, by their paths. */
  | { kind: 'app'; independentRoots?: readonly string[]; isolatedPages?: readonly string[] }
  /** `styleScope`: prefix of its class names, if it keeps its styles to itself. */
  | { kind: 'page'; path: string; styleScope?: string }
  | { kind: 'component'; styleScope: string | undefined }

/**
 * Translates a WXSS selector for the phone's document. Its specificity stays the same: authors rely on it to override
 * WeChat's own style sheet.
 * @throws Error for an invalid selector
 */
export function translateSelector(selector: string, owner: StyleOwner): string {
  return parser((root) => {
    root.walkTags((tag) => {
      if (!isArgument(tag)) tag.value = documentTag(tag.value)
    })
    root.walkIds((id) => {
      // Ids have a random prefix in the document. `#--` matches nothing and gives the selector the specificity of an id.
      id.replaceWith(parser.pseudo({ value: `:is(#--, [id$=${JSON.stringify(`--${id.value}`)}])` }))
    })
    for (const part of root.nodes) scope(part, owner)
  }).processSync(selector)
}

/** The parser reads the argument of `:nth-child(…)` and the like as a tag. */
function isArgument(tag: parser.Tag): boolean {
  const pseudo = tag.parent?.parent
  return pseudo?.type === 'pseudo' && /^:(nth-|lang|dir)/.test(pseudo.value)
}

/** Limits a selector to the page or component of its style sheet. */
function scope(selector: parser.Selector, owner: StyleOwner): void {
  if (owner.kind !== 'app' && owner.styleScope !== undefined) {
    const { styleScope } = owner
    selector.walkClasses((node) => {
      node.value = `${styleScope}--${node.value}`
    })
  }
  if (owner.kind === 'component') {
    const { styleScope } = owner
    if (styleScope === undefined) return
    selector.walkPseudos((pseudo) => {
      if (pseudo.value === ':host') pseudo.replaceWith(parser.pseudo({ value: `[wx-host="${styleScope}"]` }))
    })
    return
  }
  const outside = owner.kind === 'app' ? outsideOf(owner) : ''
  const mark = owner.kind === 'page' ? `:where([is="${owner.path}"])` : outside && `:where(${outside})`
  const first = selector.nodes[0]
  if (first?.type === 'tag' && first.value === 'wx-page') {
    if (mark !== '') selector.insertAfter(first, parser.pseudo({ value: mark }))
    return
  }
  const before = first?.spaces.before ?? ''
  if (first) first.spaces.before = ''
  const within = owner.kind === 'page' ? `:where(wx-page[is="${owner.path}"])` : `:where(wx-page${outside})`
  selector.prepend(parser.combinator({ value: ' ' }))
  const ancestor = parser.pseudo({ value: within })
  // Keeps the line breaks between selectors.
  ancestor.spaces.before = before
  selector.prepend(ancestor)
}

/** Pages to which the app's styles do not apply. */
function outsideOf({ independentRoots = [], isolatedPages = [] }: StyleOwner & { kind: 'app' }): string {
  const roots = independentRoots.map((root) => `[is^="${root}"]`)
  const pages = isolatedPages.map((path) => `[is="${path}"]`)
  return [...roots, ...pages].map((mark) => `:not(${mark})`).join('')
}
