import { builtIn, type Host } from '../app/host.ts'
import { type Mounted, mountedWithin } from '../app/mounted.ts'

const FIELDS = 'wx-input, wx-textarea, wx-checkbox-group, wx-radio-group, wx-switch, wx-slider, wx-picker'

interface FormData {
  reportSubmit: boolean
}

export const form = builtIn<FormData>({ properties: { reportSubmit: false } })

/** Tells the form what is in its fields that have a name, once all of them are done with what was typed. */
export async function submitForm(form: Host, button: Host): Promise<void> {
  await Promise.all(namedFields(form).map((field) => field.builtIn.settled?.(field)))
  const value: Record<string, unknown> = {}
  for (const field of namedFields(form)) value[String(field.data['name'])] = field.builtIn.formValue?.(field)
  form.fire('submit', { value, target: { id: button.id }, formId: '' })
}

/** Empties the fields, then tells the form. */
export function resetForm(form: Host): void {
  for (const field of mountedWithin(form.element, FIELDS)) field.builtIn.reset?.(field)
  form.fire('reset', {})
}

function namedFields(form: Host): Mounted[] {
  return mountedWithin(form.element, FIELDS).filter(({ data }) => data['name'])
}
