import type { Caller } from '../caller.ts'
import { CallMask } from './call-mask.ts'
import type { KnownSecrets } from './known-secrets.ts'

interface MaskingOptions {
  known: KnownSecrets
  /** Environment variables of a function. */
  variablesOf: (functionName: string) => Readonly<Record<string, string>>
}

/** Makes the mask of each call. */
export class Masking {
  readonly #options: MaskingOptions

  constructor(options: MaskingOptions) {
    this.#options = options
  }

  /** @param event as the function gets it */
  ofCall(functionName: string, caller: Caller, event: unknown): CallMask {
    const { known, variablesOf } = this.#options
    return new CallMask({ caller, event, variables: variablesOf(functionName) }, known)
  }
}
