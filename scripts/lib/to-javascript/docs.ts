import { DocBlock, type DocTag } from './doc-block.ts'
import { rangeOf, type Source } from './source.ts'

/** Adds tags to the docstring before a statement or member, or writes one. */
export function addTags(source: Source, position: number, tags: readonly DocTag[]): void {
  if (tags.length === 0) return
  const existing = source.docBefore(position)
  const indent = source.indentAt(position)
  if (!existing) {
    source.edits.appendLeft(position, `${new DocBlock([], tags).print(indent)}\n${indent}`)
    return
  }
  const { start, end } = rangeOf(existing)
  source.edits.overwrite(start, end, DocBlock.parse(existing.value).with(tags).print(indent))
}

/** Replaces a declaration and its docstring by one that says all. */
export function replaceByDoc(
  source: Source,
  { start, end }: { start: number; end: number },
  tags: readonly DocTag[],
  more: readonly string[] = [],
): void {
  const existing = source.docBefore(start)
  const { lines, tags: old } = existing ? DocBlock.parse(existing.value) : new DocBlock()
  const block = new DocBlock([...lines, ...more], [...tags, ...old])
  source.edits.overwrite(existing ? rangeOf(existing).start : start, end, block.print(source.indentAt(start)))
}
