import { KitError } from '../../kit-error.ts'
import { around, type SeenElement } from './element-search.ts'
import { type Element, everyElement, fire, tapElement } from './page-simulator.ts'
import type { SimulatedDevice } from './simulated-device.ts'
import { SHEET_EVENTS, type SheetRequest } from './wechat-sheets.ts'

interface Navigating {
  navigateTo(options: object): void
  redirectTo(options: object): void
  reLaunch(options: object): void
  switchTab(options: object): void
  navigateBack(options: object): void
}

/** Components of which the simulator knows nothing but the tag. */
const UNKNOWN = ['SWIPER-ITEM', 'MAP', 'CANVAS', 'VIDEO', 'WEB-VIEW', 'PICKER-VIEW', 'EDITOR'].map(
  (name) => `WX-${name}`,
)

/** Taps as a finger does, with what WeChat does by itself. @returns the request for a sheet, if it opens one */
export function tapWithEffects(device: SimulatedDevice, element: SeenElement): SheetRequest | undefined {
  const page = device.page.element
  // As the finger meets it: what the page makes of the tap may change the button.
  const openType = String(around(element, 'WX-BUTTON', page)?.instance.data['openType'] ?? '')
  tapElement(element)
  const unknown = UNKNOWN.map((tag) => around(element, tag, page)).find((found) => found !== undefined)
  if (unknown) device.reportMissing(`<${unknown.dom.tagName.toLowerCase().replace('wx-', '')}>`)
  if (around(element, 'WX-PICKER', page))
    throw new KitError('用 phone.choose() 选 · choose by phone.choose()')
  const box = boxAround(element, page)
  if (box) check(box, page)
  const link = around(element, 'WX-NAVIGATOR', page)
  if (link) follow(device, link)
  const button = around(element, 'WX-BUTTON', page)
  return button ? press(device, button, { page, openType }) : undefined
}

function press(
  device: SimulatedDevice,
  button: SeenElement,
  { page, openType }: { page: Element; openType: string },
): SheetRequest | undefined {
  const { formType } = button.instance.data
  const form = around(button, 'WX-FORM', page)
  if (form && formType === 'submit') fire(form, 'submit', { value: valuesOf(form, page), target: {} })
  if (form && formType === 'reset') fire(form, 'reset')
  const openTypes = openType.split('|').filter((name) => name !== '')
  const unknown = openTypes.find((name) => !(name in SHEET_EVENTS) && name !== 'agreePrivacyAuthorization')
  if (unknown !== undefined) device.reportMissing(`<button open-type="${unknown}">`)
  // WeChat's privacy sheet never appears here, and so nothing waits for this consent.
  if (openTypes.includes('agreePrivacyAuthorization')) {
    fire(button, 'agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' })
  }
  const [event] = openTypes.flatMap((name) => SHEET_EVENTS[name] ?? [])
  if (event !== undefined) return { button, event }
  return undefined
}

/** Values of the fields of a form, by their names. */
function valuesOf(form: SeenElement, page: Element): Record<string, unknown> {
  const fields = everyElement(page).filter(
    (field) => around(field, 'WX-FORM', page)?.dom === form.dom && 'name' in (field.instance?.data ?? {}),
  )
  return Object.fromEntries(
    fields.flatMap(({ instance: { data }, dom }) =>
      data['name'] ? [[String(data['name']), valueIn(dom, data, page)]] : [],
    ),
  )
}

function valueIn(dom: SeenElement['dom'], data: Record<string, unknown>, page: Element): unknown {
  if (dom.tagName === 'WX-SWITCH') return data['checked']
  const isRadio = dom.tagName === 'WX-RADIO-GROUP'
  if (!isRadio && dom.tagName !== 'WX-CHECKBOX-GROUP') return data['value']
  const chosen = everyElement(page)
    .filter((box) => around(box, dom.tagName, page)?.dom === dom && box.instance?.data?.['checked'] === true)
    .map(({ instance }) => instance.data['value'])
  return isRadio ? (chosen[0] ?? '') : chosen
}

function boxAround(element: SeenElement, page: Element): SeenElement | undefined {
  const label = around(element, 'WX-LABEL', page)
  const tags = ['WX-CHECKBOX', 'WX-RADIO', 'WX-SWITCH']
  const box = tags.map((tag) => around(element, tag, page)).find((found) => found !== undefined)
  if (box || !label) return box
  return everyElement(page).find(
    (other) => tags.includes(other.dom.tagName) && around(other, 'WX-LABEL', page)?.dom === label.dom,
  )
}

/** A box or switch changes, and tells its group. */
function check(box: SeenElement, page: Element): void {
  const isRadio = box.dom.tagName === 'WX-RADIO'
  const value = isRadio ? true : box.instance.data['checked'] !== true
  const group = around(box, isRadio ? 'WX-RADIO-GROUP' : 'WX-CHECKBOX-GROUP', page)
  const others = group
    ? everyElement(page).filter(
        (other) =>
          other.dom.tagName === box.dom.tagName && around(other, group.dom.tagName, page)?.dom === group.dom,
      )
    : []
  if (isRadio) for (const other of others) set(other, other.dom === box.dom)
  else set(box, value)
  if (box.dom.tagName === 'WX-SWITCH') fire(box, 'change', { value })
  else if (group) {
    const values = others
      .filter(({ instance }) => instance.data['checked'] === true)
      .map(({ instance }) => instance.data['value'])
    fire(group, 'change', { value: isRadio ? values[0] : values })
  }
}

function set({ instance }: SeenElement, checked: boolean): void {
  ;(instance as unknown as { setData(data: object): void }).setData({ checked })
}

function follow(device: SimulatedDevice, { instance: { data } }: SeenElement): void {
  const openType = String(data['openType'] || 'navigate')
  const wx = device.wx as unknown as Navigating
  const options = { url: String(data['url'] ?? ''), fail: () => {} }
  const ways: Readonly<Record<string, () => void>> = {
    navigate: () => wx.navigateTo(options),
    redirect: () => wx.redirectTo(options),
    reLaunch: () => wx.reLaunch(options),
    switchTab: () => wx.switchTab(options),
    navigateBack: () => wx.navigateBack({ fail: () => {} }),
  }
  const way = ways[openType]
  if (way) way()
  else device.reportMissing(`<navigator open-type="${openType}">`)
}
