import type { CollectionInfo, Permission } from '../../../control/collection.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { PermissionSelect } from './permission-select'
import { RuleEditor } from './rule-editor'

const TEMPLATE = `{
  "read": "doc._openid == auth.openid",
  "write": "doc._openid == auth.openid"
}`

/** Who reads and writes a collection from a mini-program: one of four levels, or security rules. */
export function CollectionPermission({ collection }: { collection: CollectionInfo }) {
  const { name, permission, rules } = collection
  const action = useAction()
  const set = (body: { permission: Permission; rules?: string }) =>
    control('PUT', `collections/${encodeURIComponent(name)}/permission`, body)
  return (
    <>
      <PermissionSelect
        permission={permission}
        onChange={(chosen) => action.run(() => set({ permission: chosen }))}
      />
      {action.error && <Notice>{action.error}</Notice>}
      {permission === 'CUSTOM' && (
        <RuleEditor
          key={name}
          label="安全规则"
          value={rules}
          template={TEMPLATE}
          onSave={(text) => set({ permission, rules: text })}
        />
      )}
    </>
  )
}
