import { expect } from 'vitest'
import type { Phone, TestProject } from 'wechat-cloud-emulator/testing'

/** Opens pages above one another, as links elsewhere do. */
export async function openAbove(phone: Phone, ...pages: string[]): Promise<void> {
  const urls = pages.map((page) => `/${page}`)
  await phone.evaluate(async ({ wx }, addresses: string[]) => {
    for (const url of addresses) await wx.navigateTo({ url })
  }, urls)
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
