import { examplePicture, showMediaSheet } from '../device/media-sheet.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'
import { unimplementedObject } from './unimplemented.ts'

/** Methods of MapContext that only change what a map shows. This phone draws none. */
const SILENT = [
  'addCustomLayer',
  'addGroundOverlay',
  'addMarkers',
  'addVisualLayer',
  'includePoints',
  'initMarkerCluster',
  'moveAlong',
  'moveToLocation',
  'on',
  'openMapApp',
  'removeCustomLayer',
  'removeGroundOverlay',
  'removeMarkers',
  'removeVisualLayer',
  'setBoundary',
  'setCenterOffset',
  'setLocMarkerIcon',
  'translateMarker',
  'updateGroundOverlay',
] as const

/** Maps and the camera, as far as the tester can stand in for them. */
export function mapApis({ device }: WxContext): WxApis {
  const { errors, settings, overlay, files } = device
  return {
    createMapContext: () => {
      const silent = SILENT.map((name) => [
        name,
        asynchronous(name, () => {
          errors.note(`MapContext.${name}：这台手机没有地图，没有效果 · has no effect on this phone`)
        }),
      ])
      const corner = (sign: 1 | -1) => {
        const { latitude, longitude } = settings.current.place
        return { latitude: latitude + sign * 0.01, longitude: longitude + sign * 0.01 }
      }
      return unimplementedObject('wx.createMapContext', errors, {
        ...Object.fromEntries(silent),
        getCenterLocation: asynchronous('getCenterLocation', () => {
          const { latitude, longitude } = settings.current.place
          return { latitude, longitude }
        }),
        getRegion: asynchronous('getRegion', () => ({ southwest: corner(-1), northeast: corner(1) })),
        getScale: asynchronous('getScale', () => ({ scale: 16 })),
        getRotate: asynchronous('getRotate', () => ({ rotate: 0 })),
        getSkew: asynchronous('getSkew', () => ({ skew: 0 })),
      })
    },
    createCameraContext: () =>
      unimplementedObject('wx.createCameraContext', errors, {
        takePhoto: asynchronous('takePhoto', async () => {
          const example = { label: '用示例图片', make: examplePicture }
          const [photo] = await showMediaSheet(overlay, {
            title: '拍照',
            accept: 'image/*',
            count: 1,
            example,
          })
          if (!photo) throw new Error('cancel')
          return { tempImagePath: files.keep(photo) }
        }),
        setZoom: asynchronous('setZoom', (options: Options) => ({ zoom: options.number('zoom', 1) })),
      }),
  }
}
