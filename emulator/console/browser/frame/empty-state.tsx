import type { ComponentChildren } from 'preact'

/** What stands in place of a list that has nothing to show. @param title one sentence; `children` say what to do */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}
