import type { CloudKit } from '../support/cloud-kit.ts'

type Documents = Map<string, Record<string, unknown>[]>

/** All documents as they are at one moment, to be compared with and gone back to. */
export class Stored {
  readonly #kit: CloudKit
  readonly #documents: Documents
  readonly #text: string

  constructor(kit: CloudKit) {
    this.#kit = kit
    this.#documents = readAll(kit)
    this.#text = textOf(this.#documents)
  }

  isUnchanged(): boolean {
    return textOf(readAll(this.#kit)) === this.#text
  }

  /** What a collection holds now and did not, or not so. */
  changed(collection: string): Record<string, unknown>[] {
    const before = new Set(
      (this.#documents.get(collection) ?? []).map((document) => JSON.stringify(document)),
    )
    return this.#kit.documents(collection).filter((document) => !before.has(JSON.stringify(document)))
  }

  restore(): void {
    const { database } = this.#kit.cloud
    for (const [name, documents] of this.#documents) {
      const before = new Map(documents.map((document) => [String(document['_id']), document]))
      for (const { _id } of this.#kit.documents(name)) {
        if (!before.has(String(_id))) database.removeDocument(name, _id)
      }
      for (const document of this.#changedSince(name)) database.putDocument(name, document)
    }
  }

  /** Documents as they were that are not there any more, or not so. */
  #changedSince(name: string): Record<string, unknown>[] {
    const now = new Set(this.#kit.documents(name).map((document) => JSON.stringify(document)))
    return (this.#documents.get(name) ?? []).filter((document) => !now.has(JSON.stringify(document)))
  }
}

function readAll(kit: CloudKit): Documents {
  const names = kit.cloud.database.collections().map(({ name }) => name)
  return new Map(names.map((name) => [name, kit.documents(name)]))
}

/** Without mere counts, and without the fields by which `cleanup` only finds the pictures to check again. */
function textOf(documents: Documents): string {
  const text = ({ touchedAt, settled, ...fields }: Record<string, unknown>) => JSON.stringify(fields)
  const kept = [...documents].filter(([name]) => name !== 'rate_limits' && name !== 'daily_counts')
  return JSON.stringify(kept.map(([name, all]) => [name, all.map(text).sort()]))
}
