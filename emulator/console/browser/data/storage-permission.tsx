import { control } from '../frame/api'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { PermissionSelect } from './permission-select'
import { RuleEditor } from './rule-editor'

/** What the level READONLY means. */
const TEMPLATE = { read: true, write: 'resource.openid == auth.openid' }

/** Who reads and writes files from a mini-program. */
export function StoragePermission() {
  const { data } = useLive('permissions', 'files', 'machine')
  const action = useAction()
  const storage = data?.permissions.storage ?? 'READONLY'
  const set = (value: typeof storage) => control('PUT', 'permissions/storage', { storage: value })
  const template = JSON.stringify(TEMPLATE, null, 2)
  return (
    <>
      <PermissionSelect
        permission={typeof storage === 'string' ? storage : 'CUSTOM'}
        onChange={(chosen) => action.run(() => set(chosen === 'CUSTOM' ? TEMPLATE : chosen))}
      />
      {action.error && <Notice>{action.error}</Notice>}
      {typeof storage === 'object' && (
        <RuleEditor
          label="云存储安全规则"
          value={JSON.stringify(storage, null, 2)}
          template={template}
          onSave={async (text) => set(JSON.parse(text))}
        />
      )}
      <Notice kind="hint">云函数上传的文件属于管理员。云函数和控制台不受权限限制。</Notice>
    </>
  )
}
