import type { Device } from '../device/device.ts'

/** What `wx.onNetworkStatusChange` tells. */
export function networkStatus({ settings }: Device): { isConnected: boolean; networkType: string } {
  const { offline } = settings.current
  return { isConnected: !offline, networkType: offline ? 'none' : 'wifi' }
}
