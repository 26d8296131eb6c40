import type { LaunchFields } from '../../../phone/launch/launch-fields.ts'
import { isCodeScene, isLinkScene, SCENES, sceneText } from '../../../phone/launch/scenes.ts'

interface LaunchFieldsFormProps {
  fields: LaunchFields
  /** Paths of the pages of app.json. */
  pages: readonly string[]
  onChange: (fields: LaunchFields) => void
}

/** Page, query and scene of a launch. */
export function LaunchFieldsForm({ fields, pages, onChange }: LaunchFieldsFormProps) {
  const change = (changes: Partial<LaunchFields>) => onChange({ ...fields, ...changes })
  return (
    <>
      <label>
        启动页面
        <input
          class="path"
          list="launch-pages"
          value={fields.path}
          placeholder="空为首页"
          onInput={({ currentTarget }) => change({ path: currentTarget.value })}
        />
      </label>
      <datalist id="launch-pages">
        {pages.map((page) => (
          <option key={page} value={page} />
        ))}
      </datalist>
      <label>
        场景
        <select
          value={fields.scene}
          onChange={({ currentTarget }) => change({ scene: Number(currentTarget.value) })}
        >
          {[...new Set([...Object.keys(SCENES).map(Number), fields.scene])].map((scene) => (
            <option key={scene} value={scene}>
              {sceneText(scene)}
            </option>
          ))}
        </select>
      </label>
      {isCodeScene(fields.scene) && (
        <label>
          码里的 scene
          <input
            value={fields.codeScene}
            maxLength={32}
            onInput={({ currentTarget }) => change({ codeScene: currentTarget.value })}
          />
        </label>
      )}
      {isLinkScene(fields.scene) && (
        <label>
          码里的链接（q）
          <input
            value={fields.link}
            placeholder="https://…"
            onInput={({ currentTarget }) => change({ link: currentTarget.value })}
          />
        </label>
      )}
      <QueryFields query={fields.query} onChange={(query) => change({ query })} />
    </>
  )
}

function QueryFields({
  query,
  onChange,
}: {
  query: LaunchFields['query']
  onChange: (query: LaunchFields['query']) => void
}) {
  const replace = (index: number, pair: readonly [string, string]) =>
    onChange(query.map((known, position) => (position === index ? pair : known)))
  return (
    <fieldset class="query">
      <legend>页面参数</legend>
      {query.map(([name, value], index) => (
        <span class="pair" key={index}>
          <input
            aria-label="参数名"
            value={name}
            onInput={({ currentTarget }) => replace(index, [currentTarget.value, value])}
          />
          =
          <input
            aria-label="参数值"
            value={value}
            onInput={({ currentTarget }) => replace(index, [name, currentTarget.value])}
          />
          <button
            type="button"
            aria-label={`去掉参数 ${name}`}
            onClick={() => onChange(query.filter((_, position) => position !== index))}
          >
            ×
          </button>
        </span>
      ))}
      <button type="button" onClick={() => onChange([...query, ['', '']])}>
        ＋ 参数
      </button>
    </fieldset>
  )
}
