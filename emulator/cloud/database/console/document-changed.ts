/** What somebody wants to change is not any more what they saw; nothing was written. */
export class DocumentChanged extends Error {
  override readonly name = 'DocumentChanged'
}

/** The document has been changed, removed or made in the meantime. */
export function changedMeanwhile(state: 'changed' | 'removed' | 'made'): DocumentChanged {
  return new DocumentChanged(
    {
      changed: '它在这期间被别人改过，没有保存 · changed meanwhile, nothing was saved',
      removed: '文档在这期间被删除了，没有保存 · removed meanwhile, nothing was saved',
      made: '已有相同 _id 的文档，没有保存 · a document with this _id exists, nothing was saved',
    }[state],
  )
}
