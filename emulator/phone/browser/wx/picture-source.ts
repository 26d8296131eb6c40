import { assetUrl } from '../services/asset-url.ts'
import type { WxContext } from './api.ts'
import { requireAnswer } from './cloud-failure.ts'

/** Pictures by what a mini-program calls them: a temporary path, a file of the mini-program, of the cloud or of the web. */
export class PictureSource {
  readonly #device: WxContext['device']

  constructor({ device }: WxContext) {
    this.#device = device
  }

  /** The address for the browser. */
  async address(source: string): Promise<string> {
    const { cloudFiles, files } = this.#device
    if (!source.startsWith('cloud://')) return assetUrl(source, '', files)
    return (await requireAnswer(cloudFiles.urlOf(source))).url
  }

  /** @throws Error `file not found`, or ApiFailure of the cloud */
  async load(source: string): Promise<Blob> {
    const { cloudFiles, files } = this.#device
    const known = files.find(source)
    if (known) return known
    if (source.startsWith('cloud://')) return (await requireAnswer(cloudFiles.download(source))).file
    const response = await fetch(assetUrl(source, '', files))
    if (!response.ok) throw new Error('file not found')
    return response.blob()
  }
}
