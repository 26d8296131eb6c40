/** Attribute in which a search notes the ids of WeChat's elements, which have none in the document. */
export const ID_ATTRIBUTE = 'data-wx-id'

/**
 * A selector of a mini-program as CSS of the page that shows it: built-in components have tags like `wx-button`, and
 * classes of components have a prefix.
 */
export function cssSelectorOf(selector: string): string {
  return selector
    .replace(/>>>/g, ' ')
    .split(/(\[[^\]]*\])/)
    .map((part) => (part.startsWith('[') ? part : withTagsAndClasses(part)))
    .join('')
}

function withTagsAndClasses(part: string): string {
  return part.replace(/([.#:]?)([A-Za-z_][\w-]*)/g, (whole, kind: string, name: string) => {
    if (kind === '') return `:is(${name}, wx-${name})`
    if (kind === '.') return `:is(.${name}, [class$="--${name}"], [class*="--${name} "])`
    return kind === '#' ? `[${ID_ATTRIBUTE}="${name}"]` : whole
  })
}
