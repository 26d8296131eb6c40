import { showFormSheet } from '../device/form-sheet.ts'
import { showVerdictSheet } from '../device/verdict-sheet.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

const METRES = 30

/** Places: where the phone is, which the tester sets, and WeChat's pages with a map. */
export function locationApis({ device, permissions, privacy, appName }: WxContext): WxApis {
  const here = () => device.settings.current.place
  const choose = async (api: string) => {
    await privacy.requireConsent(api)
    const { name, address, latitude, longitude } = here()
    const chosen = await showFormSheet(device.overlay, {
      title: '选择位置',
      text: '真机上在地图里选；这台手机没有地图，请填写。',
      fields: [
        { name: 'name', label: '名称', value: name },
        { name: 'address', label: '地址', value: address },
        { name: 'latitude', label: '纬度', value: String(latitude) },
        { name: 'longitude', label: '经度', value: String(longitude) },
      ],
    })
    if (!chosen) throw new Error('cancel')
    return { ...chosen, latitude: Number(chosen['latitude']), longitude: Number(chosen['longitude']) }
  }
  const located = async (api: string, scope: string) => {
    await privacy.requireConsent(api)
    await permissions.require(scope)
    const { latitude, longitude } = here()
    return { latitude, longitude }
  }
  return {
    getLocation: asynchronous('getLocation', async () => ({
      ...(await located('getLocation', 'scope.userLocation')),
      speed: -1,
      accuracy: METRES,
      altitude: 0,
      verticalAccuracy: METRES,
      horizontalAccuracy: METRES,
    })),
    getFuzzyLocation: asynchronous('getFuzzyLocation', () =>
      located('getFuzzyLocation', 'scope.userFuzzyLocation'),
    ),
    chooseLocation: asynchronous('chooseLocation', () => choose('chooseLocation')),
    choosePoi: asynchronous('choosePoi', async () => ({ type: 2, ...(await choose('choosePoi')) })),
    openLocation: asynchronous('openLocation', async (options) => {
      const [latitude, longitude] = [coordinate(options, 'latitude'), coordinate(options, 'longitude')]
      await showVerdictSheet(device.overlay, {
        appName,
        title: options.text('name') || '位置',
        text: `${options.text('address')} ${latitude}, ${longitude}`.trim(),
        deny: '返回',
        allow: '导航',
      })
    }),
  }
}

function coordinate(options: Options, name: string): number {
  const value = options.number(name, Number.NaN)
  if (options.has(name) && Number.isFinite(value)) return value
  throw new Error(`parameter error: parameter.${name} should be Number`)
}
