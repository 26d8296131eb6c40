import { useEffect, useRef, useState } from 'preact/hooks'
import type { JsonDocument } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { FieldEditor } from './field-editor'
import { explainRefusal } from './refusal'
import { KINDS, type Kind, kindOf, textOfValue } from './value'
import { ValueView } from './value-view'

/** The fields of a document as a tree, each of which can be edited, removed and, inside of an object, added to. */
export function FieldTree({ collection, document }: { collection: string; document: JsonDocument }) {
  return (
    <div class="field-tree">
      <Fields collection={collection} id={document['_id']} value={document} prefix="" />
    </div>
  )
}

interface FieldsProps {
  collection: string
  id: unknown
  /** An object or an array. */
  value: object
  /** The path of what is shown here, with a dot at its end. */
  prefix: string
}

function Fields({ value, prefix, ...rest }: FieldsProps) {
  return (
    <ul>
      {Object.entries(value).map(([name, inner]) => (
        <Field key={name} {...rest} name={name} path={prefix + name} value={inner} />
      ))}
      <li>
        <NewField {...rest} prefix={prefix} next={Array.isArray(value) ? String(value.length) : ''} />
      </li>
    </ul>
  )
}

interface FieldProps {
  collection: string
  id: unknown
  name: string
  path: string
  value: unknown
}

function Field({ collection, id, name, path, value }: FieldProps) {
  const [isEdited, setEdited] = useState(false)
  const action = useAction()
  const kind = kindOf(value)
  const isNested = kind === 'object' || kind === 'array' || kind === 'geo'
  // The id names the document, and a name with a dot cannot be named in a path.
  const isFixed = path === '_id' || name.includes('.')
  const remove = () =>
    confirm(`删除字段 ${path}？`) &&
    action.run(() =>
      control('PUT', `collections/${encodeURIComponent(collection)}/field`, { id, path, before: value }),
    )
  const line = (
    <>
      <span class="field-name">{name}</span>
      <span class="field-kind">{KINDS[kind]}</span>
      {isNested ? <span class="faint">{noteOf(kind, value)}</span> : <ValueView value={value} />}
    </>
  )
  const actions = !isFixed && (
    <span class="field-actions">
      <button type="button" onClick={() => setEdited(true)} aria-label={`编辑字段 ${path}`}>
        改
      </button>
      <button type="button" class="danger" onClick={remove} aria-label={`删除字段 ${path}`}>
        删
      </button>
    </span>
  )
  return (
    <li>
      {isEdited ? (
        <>
          <span class="field-name">{name}</span>
          <FieldEditor
            collection={collection}
            id={id}
            path={path}
            before={value}
            onDone={() => setEdited(false)}
          />
        </>
      ) : isNested ? (
        <div class="field">
          <details open={path.split('.').length < 2}>
            <summary>{line}</summary>
            <Fields collection={collection} id={id} value={value as object} prefix={`${path}.`} />
          </details>
          {actions}
        </div>
      ) : (
        <div class="field">
          <span class="field-line">{line}</span>
          {actions}
        </div>
      )}
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
    </li>
  )
}

/** What an object or array that is folded says of its inside. */
function noteOf(kind: Kind, value: unknown): string {
  if (kind === 'geo') return textOfValue(value)
  return kind === 'array' ? `${(value as unknown[]).length} 项` : ''
}

interface NewFieldProps {
  collection: string
  id: unknown
  prefix: string
  /** The name that is offered: of an array's next element. */
  next: string
}

function NewField({ collection, id, prefix, next }: NewFieldProps) {
  const [name, setName] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const isOpen = name !== undefined
  useEffect(() => {
    if (isOpen) input.current?.focus()
  }, [isOpen])
  const parent = prefix.slice(0, -1)
  if (name === undefined) {
    return (
      <button type="button" class="quiet" onClick={() => setName(next)}>
        ＋ {next === '' ? '字段' : '一项'}
        {parent && <span class="visually-hidden"> {parent}</span>}
      </button>
    )
  }
  return (
    <div class="new-field">
      {next === '' ? (
        <label>
          字段名
          <input ref={input} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
      ) : (
        <span class="field-name">{next}</span>
      )}
      <FieldEditor
        collection={collection}
        id={id}
        path={prefix + name}
        before={undefined}
        isNew={next === ''}
        onDone={() => setName(undefined)}
      />
    </div>
  )
}
