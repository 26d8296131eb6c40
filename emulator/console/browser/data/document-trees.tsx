import type { JsonDocument } from '../../../control/interface.ts'
import { summarize } from '../frame/format'
import { documentAddress, idKey } from './document-address'
import { FieldTree } from './field-tree'

/** Documents one below the other, each to be unfolded into its fields. */
export function DocumentTrees({
  collection,
  documents,
}: {
  collection: string
  documents: readonly JsonDocument[]
}) {
  return (
    <ul class="rows">
      {documents.map((document) => (
        <li key={idKey(document['_id'])}>
          <details>
            <summary>
              <code>{summarize(document)}</code>
            </summary>
            <div class="detail">
              <FieldTree collection={collection} document={document} />
              <a href={documentAddress(collection, document['_id'])}>JSON 和变化历史</a>
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}
