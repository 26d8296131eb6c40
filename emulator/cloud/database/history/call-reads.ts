import { idText } from '../storage/index-keys.ts'
import type { Document } from '../values/document.ts'
import { sizeOf } from './describe-change.ts'

/** A document as a call found it. */
export interface ReadDocument {
  readonly collection: string
  readonly document: Document
}

interface Reads {
  readonly documents: Map<string, ReadDocument>
  size: number
  /** More was read than is kept. */
  isCut: boolean
}

/**
 * The documents that the latest calls of functions have found, each as the call first found it. In memory alone, bounded
 * by number and by size.
 */
export class CallReads {
  readonly #calls = new Map<string, Reads>()
  readonly #perCall: number
  readonly #maximumCalls: number
  readonly #maximumBytes: number
  #bytes = 0

  constructor({ perCall = 50, maximumCalls = 1000, maximumBytes = 16_000_000 } = {}) {
    this.#perCall = perCall
    this.#maximumCalls = maximumCalls
    this.#maximumBytes = maximumBytes
  }

  add(requestId: string, collection: string, documents: readonly Document[]): void {
    const reads = this.#calls.get(requestId) ?? this.#begin(requestId)
    for (const document of documents) {
      const key = JSON.stringify([collection, idText(document['_id'])])
      if (reads.documents.has(key)) continue
      if (reads.documents.size >= this.#perCall) {
        reads.isCut = true
        break
      }
      const size = sizeOf(document)
      reads.documents.set(key, { collection, document })
      reads.size += size
      this.#bytes += size
    }
    this.#forgetOldest()
  }

  /** Whether these are all. */
  isWhole(requestId: string): boolean {
    return this.#calls.get(requestId)?.isCut !== true
  }

  of(requestId: string): readonly ReadDocument[] {
    return [...(this.#calls.get(requestId)?.documents.values() ?? [])]
  }

  clear(): void {
    this.#calls.clear()
    this.#bytes = 0
  }

  #begin(requestId: string): Reads {
    const reads = { documents: new Map(), size: 0, isCut: false }
    this.#calls.set(requestId, reads)
    return reads
  }

  #forgetOldest(): void {
    while (this.#calls.size > this.#maximumCalls || this.#bytes > this.#maximumBytes) {
      const [oldest] = this.#calls
      if (!oldest) return
      this.#calls.delete(oldest[0])
      this.#bytes -= oldest[1].size
    }
  }
}
