import type { ComponentChildren } from 'preact'

/** A line of controls above a view. @param label names the group for screen readers */
export function Toolbar({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and needs a legend
    <div class="toolbar" role="group" aria-label={label}>
      {children}
    </div>
  )
}
