import type { Device } from '../device/device.ts'
import type { Navigation } from './navigation.ts'
import type { Permissions } from './permissions.ts'
import type { Privacy } from './privacy.ts'

/** What the built-in components use of the phone. */
export interface Services {
  device: Device
  navigation: Navigation
  privacy: Privacy
  permissions: Permissions
  /** Name of the mini-program in WeChat's sheets. */
  appName: string
}
