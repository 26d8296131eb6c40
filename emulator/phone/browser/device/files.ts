/** Files with a temporary path, as WeChat gives out for a chosen picture; gone when the page is. */
export class TemporaryFiles {
  readonly #urls = new Map<string, string>()

  /** @returns the path by which the mini-program knows the file */
  keep(file: Blob): string {
    const path = `http://tmp/${crypto.randomUUID()}.${file.type.split('/')[1] ?? 'bin'}`
    this.#urls.set(path, URL.createObjectURL(file))
    return path
  }

  /** An address the browser can show, or undefined for what is no temporary path. */
  urlOf(path: string): string | undefined {
    return this.#urls.get(path)
  }
}

/** The picture WeChat has of a person: the first letter of something, on green. */
export function drawAvatar(letter: string): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = 132
  canvas.height = 132
  const context = canvas.getContext('2d')
  if (context) {
    context.fillStyle = '#07c160'
    context.fillRect(0, 0, 132, 132)
    context.fillStyle = '#ffffff'
    context.font = '72px sans-serif'
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(letter, 66, 70)
  }
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? new Blob())))
}
