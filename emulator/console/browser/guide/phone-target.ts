/**
 * What the guide points to on the first phone. A phone's page is a frame of this page, and the mini-program is a frame of
 * the phone's page, both of this address.
 */

/** The first phone's frame; undefined if none is open. */
export function phoneFrame(): HTMLIFrameElement | undefined {
  return document.querySelector<HTMLIFrameElement>('.phone iframe') ?? undefined
}

/** The phone's page. */
export function openFrame(): { document: Document } | undefined {
  const inner = phoneFrame()?.contentDocument
  return inner ? { document: inner } : undefined
}

function screenDocument(): Document | undefined {
  return openFrame()?.document.querySelector<HTMLIFrameElement>('iframe.screen')?.contentDocument ?? undefined
}

/** Whether a page of the mini-program shows something that can be tapped. */
export function isScreenDrawn(): boolean {
  return screenDocument()?.querySelector(`.wx-page-layer:not([inert]) :is(${CONTROLS})`) != null
}

/** The element on the phone's screen that shows this text and no other: the control around it, if there is one. */
export function findTapTarget(text: string): Element | undefined {
  const layers = screenDocument()?.querySelectorAll('.wx-page-layer:not([inert]) *') ?? []
  const found = [...layers].findLast(
    (element) => hasText(element, text) && element.getClientRects().length > 0,
  )
  const control = found?.closest(CONTROLS)
  return control && hasText(control, text) ? control : found
}

const CONTROLS = '[role="button"], [role="link"], [tabindex]'

const hasText = (element: Element, text: string) => element.textContent?.trim() === text

/** Documents that are listened to, with each text that was asked for and whether it was tapped. */
const tapped = new WeakMap<Document, Map<string | undefined, boolean>>()

/**
 * Whether something with this text was tapped on the screen since this was asked first; without a text, anything.
 * A mini-program that starts again has another document.
 */
export function wasTapped(text: string | undefined): boolean {
  const screen = screenDocument()
  if (!screen) return false
  const texts = tapped.get(screen) ?? new Map<string | undefined, boolean>()
  tapped.set(screen, texts)
  const known = texts.get(text)
  if (known !== undefined) return known
  texts.set(text, false)
  const note = (event: Event) => {
    if (event instanceof (screen.defaultView as typeof window).KeyboardEvent && !isPress(event)) return
    if (text === undefined || pathOf(event).some((element) => hasText(element, text))) texts.set(text, true)
  }
  // A page that the tap opens makes the one below inert, which then gets no click.
  for (const type of ['pointerup', 'click', 'keydown']) screen.addEventListener(type, note, { capture: true })
  return false
}

const isPress = ({ key }: KeyboardEvent) => key === 'Enter' || key === ' '

function pathOf(event: Event): Element[] {
  return event.composedPath().filter((node): node is Element => 'textContent' in node && 'matches' in node)
}
