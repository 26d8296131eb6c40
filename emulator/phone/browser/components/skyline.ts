import { builtIn } from './host.ts'

/** Containers that WeChat has in its Skyline renderer; the phone lays them out as far as CSS does. */
export const container = builtIn({ properties: {} })

export const stickyHeader = builtIn({
  properties: { offsetTop: 0, padding: null as unknown, allowOverlapping: false },
  update: (host) => host.style(`top: ${host.data.offsetTop}px`),
})

export const stickySection = builtIn({ properties: { pushPinnedHeader: true, padding: null as unknown } })

export const listView = builtIn({ properties: { padding: null as unknown } })

export const gridView = builtIn({
  properties: {
    type: 'aligned',
    crossAxisCount: 2,
    maxCrossAxisExtent: 0,
    mainAxisGap: 0,
    crossAxisGap: 0,
    padding: null as unknown,
  },
  update(host) {
    const { crossAxisCount, mainAxisGap, crossAxisGap } = host.data
    host.style(
      `grid-template-columns: repeat(${crossAxisCount}, minmax(0, 1fr)); gap: ${mainAxisGap}px ${crossAxisGap}px`,
    )
  },
})

export const shareElement = builtIn({
  properties: { key: '', transform: false, duration: 300, easingFunction: 'ease-out' },
})
