import { expect } from 'vitest'
import type { Phone, TestProject } from 'wechat-cloud-emulator/testing'

/** Opens a page above the others, as a share card or a link elsewhere does. */
export async function openAbove(phone: Phone, ...pages: string[]): Promise<void> {
  for (const page of pages) await phone.evaluate(({ wx }, url) => wx.navigateTo({ url }), `/${page}`)
}

/** The text in the destination field of the home page. */
export function cityOf(phone: Phone): Promise<string> {
  return phone.evaluate(({ getCurrentPages }) => getCurrentPages().at(-1).data.city)
}

/** Nothing is asked or told above the page. */
export async function expectNoDialog({
  phone,
  patience,
}: Pick<TestProject, 'phone' | 'patience'>): Promise<void> {
  const { timeoutMilliseconds } = patience
  patience.timeoutMilliseconds = 0
  await expect(phone.dialog()).rejects.toThrow('no dialog')
  patience.timeoutMilliseconds = timeoutMilliseconds
}
