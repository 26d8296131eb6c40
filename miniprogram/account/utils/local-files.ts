/**
 * The type of a picture, such as `jpeg` or `png`: by its content if WeChat knows it, otherwise by its file name. Empty if
 * unknown.
 */
export function readImageType(path: string): Promise<string> {
  const ofName = (/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase()
  return new Promise((resolve) => {
    wx.getImageInfo({
      src: path,
      success: ({ type }) => resolve(type && type !== 'unknown' ? type : ofName),
      fail: () => resolve(ofName),
    })
  })
}

/** Undefined if unknown. */
export function readFileBytes(path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().getFileInfo({
      filePath: path,
      success: ({ size }) => resolve(size),
      fail: () => resolve(undefined),
    })
  })
}
