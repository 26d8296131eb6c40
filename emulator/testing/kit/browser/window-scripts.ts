import type { Dialog } from '../phone.ts'
import type { DomElement, DomWindow } from './dom.ts'

// These run in a window of the phone, and use nothing from around them.

/** All text of these elements. */
export function textsAt(selector: string): string {
  const { document } = globalThis as unknown as DomWindow
  return [...document.querySelectorAll(selector)].map(({ innerText }) => innerText).join('\n')
}

/** The dialogs in these boxes. */
export function dialogsAt(selector: string): Dialog[] {
  const { document } = globalThis as unknown as DomWindow
  return [...document.querySelectorAll(selector)].map((box) => {
    const buttons = [...box.querySelectorAll('button')].map(({ textContent }) => textContent ?? '')
    return { text: box.innerText, buttons }
  })
}

/** What the page wants an `<image>` to show; undefined for another element. */
export function pictureSource(element: unknown): string | undefined {
  const image = element as DomElement
  if (image.tagName !== 'WX-IMAGE') return undefined
  return image.querySelector('img')?.getAttribute('data-from') ?? ''
}

/** Whether a tap has no effect. */
export function isDisabledElement(element: unknown): boolean {
  return (element as DomElement).closest('[disabled], [aria-disabled="true"]') !== null
}

/** Scrolls from the start to the end: a page hears `onReachBottom` when it arrives there. @returns whether it can scroll */
export async function scrollToEnd(selector: string): Promise<boolean> {
  const { document, requestAnimationFrame } = globalThis as unknown as DomWindow
  const [box] = document.querySelectorAll(selector)
  if (!box || box.scrollHeight <= box.clientHeight) return false
  for (const scrollTop of [0, box.scrollHeight]) {
    box.scrollTop = scrollTop
    // Its listeners hear of it with the next frame.
    await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
  }
  return true
}

interface PhoneWindow {
  phone: { clock: { readonly offsetMilliseconds: number; follow(): Promise<void> } }
}

/** By how many milliseconds the phone's clock is ahead of the machine's: it has followed the cloud's since it was opened. */
export function clockOffset(): number {
  return (globalThis as unknown as PhoneWindow).phone.clock.offsetMilliseconds
}

/** Sets the phone's clock by the cloud's. @returns by how many milliseconds it is ahead of the machine's */
export async function followCloud(): Promise<number> {
  const { clock } = (globalThis as unknown as PhoneWindow).phone
  await clock.follow()
  return clock.offsetMilliseconds
}

/** The items of the browser's local storage whose keys begin so, by the rest of their keys. */
export function readItems(prefix: string): Record<string, string> {
  const { localStorage } = globalThis as unknown as DomWindow
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? '']))
}

/** In the browser's local storage. */
export function storeItem({ key, item }: { key: string; item: string }): void {
  ;(globalThis as unknown as DomWindow).localStorage.setItem(key, item)
}

/** As the tester's panel stores it. */
export function storeLanguage({ key, language }: { key: string; language: string }): void {
  const { parent, localStorage } = globalThis as unknown as DomWindow
  if (parent !== globalThis) return
  const settings = JSON.parse(localStorage.getItem(key) ?? '{}') as object
  localStorage.setItem(key, JSON.stringify({ ...settings, language }))
}
