import { instanceAt, instancesWithin } from './component-instance.ts'
import { builtIn } from './host.ts'

const CONTROLS = 'wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea'

/** A tap on a label taps its control: that of `for`, or the first one inside. */
export const label = builtIn({
  properties: { for: '' },
  tap({ element, data }) {
    const page = element.closest('wx-page') ?? element
    const control =
      data.for === ''
        ? instancesWithin(element, CONTROLS)[0]
        : instanceAt(page.querySelector(`[id$="--${CSS.escape(data.for)}"]`))
    if (!control) return
    if (control.builtIn.tap) control.builtIn.tap(control)
    else control.element.querySelector<HTMLElement>('input, textarea')?.focus()
  },
})
