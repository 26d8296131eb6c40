/** This phone's name in the user's list of devices. The lengths are what `login` accepts. */
export function describeDevice(): { model: string; platform: string } {
  try {
    const { model, platform } = wx.getDeviceInfo ? wx.getDeviceInfo() : wx.getSystemInfoSync()
    return { model: String(model).slice(0, 64), platform: String(platform).slice(0, 32) }
  } catch {
    return { model: '', platform: '' }
  }
}
