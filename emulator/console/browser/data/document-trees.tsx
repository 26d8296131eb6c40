import type { JsonDocument } from '../../../control/interface.ts'
import { documentAddress, idKey } from './document-address'
import { FieldTree } from './field-tree'
import { ValueView } from './value-view'

/** So many fields say what a document is. */
const PREVIEW_FIELDS = 6

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
              <Preview document={document} />
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

/** The id and the first fields, with their names. */
function Preview({ document }: { document: JsonDocument }) {
  const { _id, ...fields } = document
  const entries = Object.entries(fields)
  return (
    <span class="preview-line">
      <code>{typeof _id === 'string' ? _id : JSON.stringify(_id)}</code>
      {entries.slice(0, PREVIEW_FIELDS).map(([name, value]) => (
        <span key={name} class="preview-field">
          <span class="faint">{name}</span> <ValueView value={value} />
        </span>
      ))}
      {entries.length > PREVIEW_FIELDS && (
        <span class="faint">另有 {entries.length - PREVIEW_FIELDS} 个字段</span>
      )}
    </span>
  )
}
