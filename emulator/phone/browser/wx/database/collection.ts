import { type Aggregate, aggregate, sendPipeline } from './aggregate.ts'
import { databaseCall } from './call.ts'
import { DocumentReference } from './document.ts'
import { encodeDocument } from './encode-update.ts'
import { Query } from './query.ts'

/** `db.collection(name)` */
export class CollectionReference extends Query {
  doc(id: unknown): DocumentReference {
    return new DocumentReference(this.connection, this.collectionName, id)
  }

  add(options?: unknown): Promise<object> | undefined {
    return databaseCall('collection.add', options, async (given) => {
      const data = [encodeDocument(given.value('data'), true)]
      const { collectionName } = this
      const { insertedIds } = await this.connection.send('insertDocument', { collectionName, data })
      return { _id: (insertedIds as unknown[])[0] }
    })
  }

  aggregate(): Aggregate {
    return aggregate((stages) => sendPipeline(this.connection, this.collectionName, stages))
  }
}
