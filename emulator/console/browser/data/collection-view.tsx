import { useState } from 'preact/hooks'
import type { CollectionInfo } from '../../../control/collection.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { Tabs } from '../frame/tabs'
import { CollectionPermission } from './collection-permission'
import { DocumentsTab } from './documents-tab'
import { CollectionHistory } from './history-list'
import { IndexList } from './index-list'
import { TransferTab } from './transfer-tab'

const TABS = [
  { id: 'documents', name: '文档' },
  { id: 'changes', name: '最近的变化' },
  { id: 'transfer', name: '导入和导出' },
] as const

/** A collection: its permission, its indexes, its documents, who has changed them, and files of them. */
export function CollectionView({
  collection,
  documentId,
}: {
  collection: CollectionInfo
  documentId: string
}) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('documents')
  const action = useAction()
  const address = `collections/${encodeURIComponent(collection.name)}` as const
  const drop = () =>
    confirm(`删除集合 ${collection.name} 和其中的 ${collection.documentCount} 个文档？`) &&
    action.run(() => control('DELETE', address))
  return (
    <div class="collection">
      <div class="toolbar">
        <h2>{collection.name}</h2>
        <CollectionPermission collection={collection} />
        <span class="space" />
        <button type="button" class="danger" onClick={drop}>
          删除集合
        </button>
      </div>
      {action.error && <Notice>{action.error}</Notice>}
      <IndexList address={address} indexes={collection.indexes} />
      <Tabs label={collection.name} tabs={TABS} selected={tab} onSelect={setTab}>
        {tab === 'documents' && <DocumentsTab collection={collection} documentId={documentId} />}
        {tab === 'changes' && <CollectionHistory collection={collection.name} />}
        {tab === 'transfer' && <TransferTab collection={collection} />}
      </Tabs>
    </div>
  )
}
