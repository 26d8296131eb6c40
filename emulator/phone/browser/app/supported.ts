import { OPEN_TYPES } from '../components/button.ts'
import { COMPONENTS } from '../components/components.ts'
import type { WxApis } from '../wx/api.ts'

declare global {
  interface Window {
    /** What this phone has, by name. */
    __phoneSupports?: Supported
  }
}

export interface Supported {
  components: string[]
  openTypes: string[]
  wx: string[]
}

/** Made from what the phone works with, so that no list of it can be out of date. */
export function listSupported(wx: WxApis): Supported {
  const { cloud, ...apis } = wx
  return {
    components: Object.keys(COMPONENTS),
    openTypes: Object.keys(OPEN_TYPES),
    wx: [...Object.keys(apis), ...Object.keys(cloud as WxApis).map((name) => `cloud.${name}`)],
  }
}
