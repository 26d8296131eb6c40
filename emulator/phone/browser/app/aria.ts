/** ARIA attributes of WXML. WeChat's `aria-role` is the web's `role`. */
const NAMES = [
  'aria-role',
  'aria-label',
  'aria-labelledby',
  'aria-describedby',
  'aria-hidden',
  'aria-live',
  'aria-atomic',
  'aria-busy',
  'aria-checked',
  'aria-controls',
  'aria-current',
  'aria-disabled',
  'aria-expanded',
  'aria-haspopup',
  'aria-invalid',
  'aria-level',
  'aria-modal',
  'aria-orientation',
  'aria-owns',
  'aria-posinset',
  'aria-pressed',
  'aria-readonly',
  'aria-relevant',
  'aria-required',
  'aria-selected',
  'aria-setsize',
  'aria-sort',
  'aria-valuemax',
  'aria-valuemin',
  'aria-valuenow',
  'aria-valuetext',
] as const

/** Interactive roles: reachable by Tab, activated by Enter and Space. */
const ACTIVE_ROLES = new Set(['button', 'checkbox', 'link', 'menuitem', 'option', 'radio', 'switch', 'tab'])

const propertyOf = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Properties of every built-in component for these attributes. */
export const ariaProperties: Readonly<Record<string, null>> = Object.fromEntries(
  NAMES.map((name) => [propertyOf(name), null]),
)

/** Copies the attributes from the WXML to the document. */
export function applyAria(element: HTMLElement, data: Readonly<Record<string, unknown>>): void {
  for (const name of NAMES) {
    const value = data[propertyOf(name)]
    if (value === null || value === undefined) continue
    const attribute = name === 'aria-role' ? 'role' : name
    element.setAttribute(attribute, String(value))
  }
  if (ACTIVE_ROLES.has(String(data['ariaRole']))) element.tabIndex = 0
}
