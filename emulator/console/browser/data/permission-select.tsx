import type { Permission } from '../../../control/collection.ts'
import { PERMISSIONS } from './permissions'

/** The four levels and security rules. */
export function PermissionSelect({
  permission,
  onChange,
}: {
  permission: Permission
  onChange: (permission: Permission) => void
}) {
  return (
    <label class="permission-select">
      权限
      <select value={permission} onChange={(event) => onChange(event.currentTarget.value as Permission)}>
        {Object.entries(PERMISSIONS).map(([value, name]) => (
          <option key={value} value={value}>
            {name} {value}
          </option>
        ))}
      </select>
    </label>
  )
}
