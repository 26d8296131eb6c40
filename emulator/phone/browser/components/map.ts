import { h } from '../base/dom.ts'
import { builtIn, type Host } from './host.ts'

interface MapData {
  longitude: number
  latitude: number
  scale: number
  markers: unknown
}

interface Marker {
  id?: unknown
  title?: unknown
  callout?: { content?: unknown }
}

/** A box in place of the map: it says where the map is, and has a button for each marker. */
export const map = builtIn<MapData & Record<string, unknown>>({
  properties: {
    longitude: 0,
    latitude: 0,
    scale: 16,
    minScale: 3,
    maxScale: 20,
    markers: null,
    covers: null,
    polyline: null,
    polygons: null,
    circles: null,
    controls: null,
    includePoints: null,
    showLocation: false,
    layerStyle: 1,
    rotate: 0,
    skew: 0,
    enable3D: false,
    showCompass: false,
    showScale: false,
    enableOverlooking: false,
    enableAutoMaxOverlooking: false,
    enableZoom: true,
    enableScroll: true,
    enableRotate: false,
    enableSatellite: false,
    enableTraffic: false,
    enablePoi: true,
    enableBuilding: true,
    setting: null,
    subkey: '',
  },
  draw(host) {
    host.element.classList.add('wx-stand-in')
    host.element.prepend(h('div', { class: 'wx-stand-in-name' }))
    host.services.device.errors.note(
      `提示 ${host.owner.path} <map>：这台手机没有地图，画一个同样大小的框，标记点是按钮`,
    )
  },
  update(host) {
    const { longitude, latitude } = host.data
    host.element
      .querySelector(':scope > .wx-stand-in-name')
      ?.replaceChildren(
        h('b', {}, '地图 map'),
        h('span', {}, `${latitude}, ${longitude}`),
        ...markersOf(host).map((marker) => markerButton(host, marker)),
      )
  },
})

function markersOf({ data }: Host<MapData & Record<string, unknown>>): Marker[] {
  return Array.isArray(data.markers) ? data.markers : []
}

function markerButton(host: Host<MapData & Record<string, unknown>>, marker: Marker): HTMLElement {
  const name = String(marker.title ?? marker.callout?.content ?? `标记 ${String(marker.id ?? '')}`)
  const button = h('button', { type: 'button' }, name)
  button.addEventListener('click', () => {
    for (const event of ['markertap', ...(marker.callout ? ['callouttap'] : [])]) {
      host.fire(event, { markerId: marker.id })
    }
  })
  return button
}
