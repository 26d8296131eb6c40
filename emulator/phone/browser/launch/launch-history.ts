import type { Launch } from '../../launch/launch.ts'
import { DEFAULT_SCENE } from '../../launch/scenes.ts'
import { BrowserList } from './browser-list.ts'

/** A launch that some phone of this browser had. */
export interface PastLaunch extends Launch {
  openid: string
  /** Milliseconds since 1970 by the machine's clock. */
  at: number
}

const KEPT = 12

/** The latest launches on all phones of this browser, each once. Plain starts of the entry page are not kept. */
export class LaunchHistory {
  readonly #list = new BrowserList<PastLaunch>('phone-launches', KEPT)

  list(): PastLaunch[] {
    return this.#list.list()
  }

  add(openid: string, { page, scene }: Launch): void {
    if (page === '' && scene === DEFAULT_SCENE) return
    const isSame = (known: Launch) => known.page === page && known.scene === scene
    this.#list.add({ page, scene, openid, at: Date.now() }, isSame)
  }

  /** @returns stops listening */
  onChange(listener: () => void): () => void {
    return this.#list.onChange(listener)
  }
}
