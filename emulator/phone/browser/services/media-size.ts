/** Width and height of a picture, in pixels. @throws Error `image decode failed` */
export async function measurePicture(picture: Blob): Promise<{ width: number; height: number }> {
  const image = new Image()
  image.src = URL.createObjectURL(picture)
  try {
    await image.decode()
    return { width: image.naturalWidth, height: image.naturalHeight }
  } catch {
    throw new Error('image decode failed')
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

/** Size in pixels and length in seconds of a video; zeros for one that the browser cannot play. */
export function measureVideo(file: Blob): Promise<{ width: number; height: number; duration: number }> {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  return new Promise((resolve) => {
    const end = () => {
      URL.revokeObjectURL(url)
      const { videoWidth: width, videoHeight: height, duration } = video
      resolve({ width, height, duration: Number.isFinite(duration) ? duration : 0 })
    }
    video.onloadedmetadata = end
    video.onerror = end
    video.preload = 'metadata'
    video.src = url
  })
}
