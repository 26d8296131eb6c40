/**
 * What a picture is, such as `jpeg` or `png`: by its content where WeChat can tell, else by the end of its name.
 * Empty if neither says.
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

/** Undefined where it cannot be told. */
export function readFileBytes(path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().getFileInfo({
      filePath: path,
      success: ({ size }) => resolve(size),
      fail: () => resolve(undefined),
    })
  })
}
