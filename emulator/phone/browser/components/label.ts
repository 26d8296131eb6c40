import { builtIn } from '../app/host.ts'
import { mountedAt, mountedWithin } from '../app/mounted.ts'

const CONTROLS = 'wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea'

/** A tap on it is a tap on what it labels: by `for`, else the first control inside. */
export const label = builtIn({
  properties: { for: '' },
  tap({ element, data }) {
    const page = element.closest('wx-page') ?? element
    const control =
      data.for === ''
        ? mountedWithin(element, CONTROLS)[0]
        : mountedAt(page.querySelector(`[id$="--${CSS.escape(data.for)}"]`))
    if (!control) return
    if (control.builtIn.tap) control.builtIn.tap(control)
    else control.element.querySelector<HTMLElement>('input, textarea')?.focus()
  },
})
