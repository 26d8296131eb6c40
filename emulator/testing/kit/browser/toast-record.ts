import type { DomElement, DomWindow } from './dom.ts'

/** Runs in the phone's window before its own script: lists the toasts, which go away by themselves. */
export function recordToasts(): void {
  const { parent, document, MutationObserver } = globalThis as unknown as DomWindow
  if (parent !== globalThis) return
  const toasts: string[] = []
  Object.assign(globalThis, { __kitToasts: toasts })
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const box = 'matches' in node ? (node as DomElement) : undefined
        if (box?.matches('.toast-layer') && !box.querySelector('.toast-loading'))
          toasts.push(box.textContent ?? '')
      }
    }
  }).observe(document, { childList: true, subtree: true })
}
