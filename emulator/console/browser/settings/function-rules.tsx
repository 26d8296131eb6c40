import { RuleEditor } from '../data/rule-editor'
import { control } from '../frame/api'
import { useLive } from '../frame/live'
import { Notice } from '../frame/notice'

/** Which functions a mini-program may call, and the file of the project that keeps all permissions. */
export function FunctionRulesSettings() {
  const { data } = useLive('permissions', 'files', 'database', 'machine')
  const text = JSON.stringify(data?.permissions.functions ?? {}, null, 2)
  return (
    <fieldset>
      <legend>权限 Permissions</legend>
      {data?.problem && <Notice>{data.problem}</Notice>}
      {data?.file && <Notice kind="hint">权限的改动写入 {data.file}</Notice>}
      <p class="faint">
        小程序能调用哪些云函数：<code>*</code> 管没有写出的函数 ·{' '}
        <span lang="en">which functions a page may call</span>
      </p>
      {data && (
        <RuleEditor
          label="云函数安全规则"
          value={text}
          template={text}
          onSave={async (edited) =>
            control('PUT', 'permissions/functions', { functions: JSON.parse(edited) })
          }
        />
      )}
    </fieldset>
  )
}
