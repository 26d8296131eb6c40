import { type Mounted, mountedAt } from './mounted.ts'

/** Shows `hover-class` while a finger is on a component: the nearest ones up to the first that keeps it to itself. */
export function listenForHover(): void {
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Element)) return
    for (const host of hoverable(target)) press(host)
  })
}

function hoverable(target: Element): Mounted[] {
  const found: Mounted[] = []
  for (let at: Element | null = target; at; at = at.parentElement) {
    const host = mountedAt(at)
    const hoverClass = host?.data['hoverClass']
    if (!host || hoverClass === 'none' || hoverClass === '' || host.element.hasAttribute('disabled')) continue
    found.push(host)
    if (host.data['hoverStopPropagation'] === true) break
  }
  return found
}

function press(host: Mounted): void {
  // WeChat's own hover classes are not of any page's style sheet.
  const name = String(host.data['hoverClass'])
  const classes = /^(button|navigator)-hover$/.test(name) ? [name] : host.className(name).split(' ')
  const start = setTimeout(() => host.element.classList.add(...classes), Number(host.data['hoverStartTime']))
  const release = () => {
    clearTimeout(start)
    const stay = Number(host.data['hoverStayTime'])
    setTimeout(() => host.element.classList.remove(...classes), stay)
  }
  for (const end of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(end, release, { once: true })
  }
}
