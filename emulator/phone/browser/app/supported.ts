import { OPEN_TYPES } from '../components/button.ts'
import { COMPONENTS } from '../components/components.ts'
import type { WxApis } from '../wx/api.ts'
import { OLD_NAMES, WECHAT_NAMES } from '../wx/names.ts'
import type { CreatedWx } from '../wx/wx.ts'

declare global {
  interface Window {
    /** Names of all components, open types and interfaces, for tests. */
    __phoneSupports?: Supported
  }
}

export interface Supported {
  components: string[]
  openTypes: string[]
  wx: string[]
  /** Interfaces that succeed and change nothing. */
  wxWithoutEffect: string[]
  /** Interfaces of WeChat's that fail by their name. */
  wxMissing: string[]
}

/** Lists what the phone supports, taken from the code that implements it. */
export function listSupported({ implemented, withoutEffect }: CreatedWx): Supported {
  const { cloud, ...apis } = implemented
  const wxWithoutEffect = Object.keys(withoutEffect)
  const known = new Set([...Object.keys(implemented), ...wxWithoutEffect])
  return {
    components: Object.keys(COMPONENTS),
    openTypes: Object.keys(OPEN_TYPES),
    wx: [...Object.keys(apis), ...Object.keys(cloud as WxApis).map((name) => `cloud.${name}`)],
    wxWithoutEffect,
    wxMissing: [...WECHAT_NAMES, ...OLD_NAMES].filter((name) => !known.has(name)),
  }
}
