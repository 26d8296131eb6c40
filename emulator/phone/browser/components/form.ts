import { type ComponentInstance, instancesWithin } from './component-instance.ts'
import { type FormMember, formMembers } from './form-members.ts'
import { builtIn, type Host } from './host.ts'

const FIELDS = 'wx-input, wx-textarea, wx-checkbox-group, wx-radio-group, wx-switch, wx-slider, wx-picker'

interface FormData {
  reportSubmit: boolean
  reportSubmitTimeout: number
}

export const form = builtIn<FormData>({ properties: { reportSubmit: false, reportSubmitTimeout: 0 } })

/** Fires `submit` with the values of all named fields, once every field has settled. */
export async function submitForm(form: Host, button: Host): Promise<void> {
  const fields = namedFields(form)
  await Promise.all(fields.map((field) => field.builtIn.settled?.(field)))
  const value: Record<string, unknown> = {}
  for (const field of namedFields(form)) value[String(field.data['name'])] = field.builtIn.formValue?.(field)
  for (const { data } of componentFields(form)) value[String(data()['name'])] = data()['value']
  form.fire('submit', { value, target: { id: button.id }, formId: '' })
}

/** Resets the fields, then fires `reset`. */
export function resetForm(form: Host): void {
  for (const field of instancesWithin(form.element, FIELDS)) {
    if (isReachable(form, field.owner.hosts(), 'group')) field.builtIn.reset?.(field)
  }
  for (const { reset } of componentFields(form)) reset()
  form.fire('reset', {})
}

/** Whether a button submits a form: it is in the same WXML, or in components with `wx://form-field-button`. */
export function isButtonOf(form: Host, button: Host): boolean {
  return isReachable(form, button.owner.hosts(), 'button')
}

function namedFields(form: Host): ComponentInstance[] {
  return instancesWithin(form.element, FIELDS).filter(
    ({ data, owner }) => data['name'] && isReachable(form, owner.hosts(), 'group'),
  )
}

/** Components of the mini-program with `wx://form-field` and a name. */
function componentFields(form: Host): FormMember[] {
  return formMembers
    .fieldsWithin(form.element)
    .filter(({ data, hosts }) => data()['name'] && isReachable(form, hosts(), 'group'))
}

/**
 * A form sees what its own WXML and its slots have. It sees the inside of a component of the mini-program only if that
 * has the behavior of the kind.
 */
function isReachable(form: Host, hosts: readonly object[], kind: 'group' | 'button'): boolean {
  const around = new Set(form.owner.hosts())
  for (const host of hosts) {
    if (around.has(host)) return true
    if (!formMembers.has(host, kind)) return false
  }
  return true
}
