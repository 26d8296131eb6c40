import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../control/documents.ts'
import { Notice } from '../frame/notice'
import { type Condition, filterOf, OPERATORS, type Operator, takesValue } from './conditions'
import { guessKind, KINDS, type Kind, parseJson } from './value'

const EMPTY: Condition = { field: '', operator: 'eq', text: '', kind: 'string' }
const SEARCHABLE: readonly Kind[] = ['string', 'number', 'bool', 'date', 'null', 'objectId']

interface SearchFormProps {
  /** The query that is shown, as JSON text. */
  filter: string
  fields: readonly FieldInfo[]
  onFilter: (filter: string) => void
}

/** Looks for documents by fields. The query it makes is shown, and can be written by hand instead. */
export function SearchForm({ filter, fields, onFilter }: SearchFormProps) {
  const [conditions, setConditions] = useState<Condition[]>([EMPTY])
  const [text, setText] = useState(filter)
  const [problem, setProblem] = useState<string>()
  const change = (changed: Condition[]) => {
    setConditions(changed)
    try {
      setText(JSON.stringify(filterOf(changed)))
      setProblem(undefined)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  const search = (event: Event) => {
    event.preventDefault()
    if (problem !== undefined) return
    try {
      parseJson(text || '{}')
      onFilter(text || '{}')
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  const clear = () => {
    change([EMPTY])
    onFilter('{}')
  }
  const replace = (number: number, condition: Condition) =>
    change(conditions.map((other, place) => (place === number ? condition : other)))
  return (
    <form onSubmit={search} class="search-form" aria-label="查找文档">
      <datalist id="fields">
        {fields.map(({ path, types }) => (
          <option key={path} value={path}>
            {types.join(' / ')}
          </option>
        ))}
      </datalist>
      {conditions.map((condition, number) => (
        <ConditionRow
          key={number}
          number={number}
          condition={condition}
          fields={fields}
          onChange={(changed) => replace(number, changed)}
          onRemove={
            conditions.length > 1
              ? () => change(conditions.filter((_, place) => place !== number))
              : undefined
          }
        />
      ))}
      <div class="inline">
        <button type="submit" class="primary">
          查询
        </button>
        <button type="button" onClick={() => setConditions([...conditions, EMPTY])}>
          ＋ 条件
        </button>
        <button type="button" onClick={clear}>
          清除
        </button>
        <label class="wide">
          查询条件
          <input
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value)
              setProblem(undefined)
            }}
            spellcheck={false}
          />
        </label>
      </div>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </form>
  )
}

interface ConditionRowProps {
  number: number
  condition: Condition
  fields: readonly FieldInfo[]
  onChange: (condition: Condition) => void
  onRemove: (() => void) | undefined
}

function ConditionRow({ number, condition, fields, onChange, onRemove }: ConditionRowProps) {
  const { field, operator, text, kind } = condition
  const typesOf = (path: string) => fields.find((candidate) => candidate.path === path)?.types
  const setText = (value: string, path = field) =>
    onChange({ ...condition, field: path, text: value, kind: guessKind(value, typesOf(path)) })
  const isCompared = takesValue(operator) && operator !== 'contains' && operator !== 'type'
  return (
    <div class="inline">
      <input
        aria-label={`字段 ${number + 1}`}
        aria-keyshortcuts={number === 0 ? '/' : undefined}
        placeholder="字段"
        list="fields"
        value={field}
        onInput={(event) => setText(text, event.currentTarget.value)}
        spellcheck={false}
      />
      <select
        aria-label={`比较 ${number + 1}`}
        value={operator}
        onChange={(event) => onChange({ ...condition, operator: event.currentTarget.value as Operator })}
      >
        {Object.entries(OPERATORS).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {takesValue(operator) && (
        <input
          aria-label={`值 ${number + 1}`}
          placeholder={operator === 'type' ? 'string、int、date…' : '值'}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          spellcheck={false}
        />
      )}
      {isCompared && (
        <select
          aria-label={`值的类型 ${number + 1}`}
          value={kind}
          onChange={(event) => onChange({ ...condition, kind: event.currentTarget.value as Kind })}
        >
          {SEARCHABLE.map((choice) => (
            <option key={choice} value={choice}>
              {KINDS[choice]}
            </option>
          ))}
        </select>
      )}
      {onRemove && (
        <button type="button" onClick={onRemove} aria-label={`去掉条件 ${number + 1}`}>
          ✕
        </button>
      )}
    </div>
  )
}
