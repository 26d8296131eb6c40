import { type ComponentInstance, instanceAt } from '../components/component-instance.ts'

/** Applies `hover-class` while a component is pressed, and to its ancestors up to one with `hover-stop-propagation`. */
export function listenForHover(): void {
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Element)) return
    for (const host of hoverableAncestors(target)) press(host)
  })
}

function hoverableAncestors(target: Element): ComponentInstance[] {
  const found: ComponentInstance[] = []
  for (let element: Element | null = target; element; element = element.parentElement) {
    const host = instanceAt(element)
    const hoverClass = host?.data['hoverClass']
    if (!host || hoverClass === 'none' || hoverClass === '' || host.element.hasAttribute('disabled')) continue
    found.push(host)
    if (host.data['hoverStopPropagation'] === true) break
  }
  return found
}

function press(host: ComponentInstance): void {
  // WeChat's own hover classes are in no page's style sheet.
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
