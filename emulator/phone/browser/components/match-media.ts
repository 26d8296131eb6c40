import { builtIn, type Host } from './host.ts'

interface MatchMediaData {
  minWidth: number
  maxWidth: number
  width: number
  minHeight: number
  maxHeight: number
  height: number
  orientation: string
}

const queries = new WeakMap<HTMLElement, { query: MediaQueryList; show: () => void }>()

/** Shows its content on screens of a size, in pixels. */
export const matchMedia = builtIn<MatchMediaData>({
  properties: { minWidth: 0, maxWidth: 0, width: 0, minHeight: 0, maxHeight: 0, height: 0, orientation: '' },
  update(host) {
    forget(host)
    const query = window.matchMedia(queryOf(host.data))
    const show = () => host.element.classList.toggle('wx-unmatched', !query.matches)
    query.addEventListener('change', show)
    queries.set(host.element, { query, show })
    show()
  },
  remove: forget,
})

function forget({ element }: Host<MatchMediaData>): void {
  const known = queries.get(element)
  known?.query.removeEventListener('change', known.show)
}

function queryOf({ orientation, ...lengths }: Readonly<MatchMediaData>): string {
  const conditions = ['min-width', 'max-width', 'width', 'min-height', 'max-height', 'height'].flatMap(
    (name) => {
      const property = name.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase())
      const value = (lengths as Record<string, unknown>)[property]
      return typeof value === 'number' && value > 0 ? [`(${name}: ${value}px)`] : []
    },
  )
  if (/^(portrait|landscape)$/.test(orientation)) conditions.push(`(orientation: ${orientation})`)
  return conditions.join(' and ') || 'all'
}
