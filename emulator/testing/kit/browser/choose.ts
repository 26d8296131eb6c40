import type { Locator } from 'playwright-core'
import type { PhonePage } from '../../phone/phone-page.ts'
import { type Choice, noChoice, noOption, type Target } from '../phone.ts'

interface Choosing {
  target: Target
  value: Choice
  phonePage: PhonePage
  settle: () => Promise<void>
}

/** @throws KitError for a target that has nothing to choose, and for an option that it does not have */
export async function chooseAt(locator: Locator, choosing: Choosing): Promise<void> {
  const slider = locator.locator('xpath=ancestor-or-self::wx-slider//input')
  if ((await slider.count()) > 0) return slider.fill(String(choosing.value))
  const picker = locator.locator('xpath=ancestor-or-self::wx-picker')
  if ((await picker.count()) === 0) throw noChoice(choosing.target)
  await picker.last().click()
  await choosing.settle()
  await chooseOnSheet(choosing)
}

async function chooseOnSheet({ value, phonePage, settle }: Choosing): Promise<void> {
  const columns = phonePage.page.getByRole('listbox')
  const first = await columns.first().getByRole('option').first().textContent()
  for (const [column, text] of textsOf(value, first ?? '').entries()) {
    const options = columns.nth(column).getByRole('option')
    const option = options.getByText(text, { exact: true })
    if ((await option.count()) === 0) throw noOption(text, await options.allTextContents())
    await option.first().click()
    await settle()
  }
  await phonePage.wechatButton('确定').click()
}

/** The text in each column, as WeChat's sheet words a date or a time. @param first text of the first column */
function textsOf(value: Choice, first: string): readonly string[] {
  if (typeof value === 'object') return value
  const text = String(value)
  if (/ 年$/.test(first)) return suffixed(text.split('-'), ['年', '月', '日'])
  if (/ 时$/.test(first)) return suffixed(text.split(':'), ['时', '分'])
  return [text]
}

function suffixed(parts: readonly string[], units: readonly string[]): string[] {
  return parts.map((part, index) => `${part} ${units[index]}`)
}
