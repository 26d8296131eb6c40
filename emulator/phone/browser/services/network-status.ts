import type { Device } from '../device/device.ts'

/** The parameter of listeners of `wx.onNetworkStatusChange`. */
export function networkStatus({ settings }: Device): { isConnected: boolean; networkType: string } {
  const { offline } = settings.current
  return { isConnected: !offline, networkType: offline ? 'none' : 'wifi' }
}
