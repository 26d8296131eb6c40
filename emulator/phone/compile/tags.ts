/** An opening tag of WXML. */
export interface Tag {
  name: string
  /** The first line is 1. */
  line: number
  attributes: ReadonlyMap<string, string>
}

const ATTRIBUTE = /\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'))?/y

/** Reads the opening tags of a WXML source, except in comments, in expressions and in WXS. */
export function readTags(source: string): Tag[] {
  const tags: Tag[] = []
  for (let at = 0; at < source.length; ) {
    if (source.startsWith('<!--', at)) at = endOf(source, '-->', at)
    else if (source.startsWith('{{', at)) at = endOf(source, '}}', at)
    else if (/<[a-zA-Z]/.test(source.slice(at, at + 2))) {
      const { tag, end, isClosed } = readTag(source, at)
      tags.push(tag)
      at = tag.name === 'wxs' && !isClosed ? endOf(source, '</wxs>', end) : end
    } else at += 1
  }
  return tags
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from)
  return found < 0 ? source.length : found + mark.length
}

function readTag(source: string, start: number): { tag: Tag; end: number; isClosed: boolean } {
  const [name = ''] = /[\w-]+/.exec(source.slice(start + 1, start + 100)) ?? []
  const attributes = new Map<string, string>()
  let at = start + 1 + name.length
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(source)
    if (!found) break
    attributes.set(found[1] ?? '', found[2]?.slice(1, -1) ?? '')
    at = ATTRIBUTE.lastIndex
  }
  const end = endOf(source, '>', at)
  const line = source.slice(0, start).split('\n').length
  return { tag: { name, line, attributes }, end, isClosed: source.slice(at, end).includes('/') }
}
