import { useId } from 'preact/hooks'
import type { FieldInput, OperationField } from '../../../control/operations.ts'

interface FieldInputProps {
  field: OperationField
  input: FieldInput | undefined
  onInput: (input: FieldInput) => void
}

/** A field of a form with its label and hint. */
export function FieldControl(props: FieldInputProps) {
  const { field, input, onInput } = props
  const id = useId()
  if (field.type === 'choice') return <ChoiceInput {...props} />
  if (field.type === 'boolean') {
    return (
      <label>
        <input
          type="checkbox"
          checked={input === true}
          onChange={({ currentTarget }) => onInput(currentTarget.checked)}
        />
        {field.label}
      </label>
    )
  }
  const hint = field.hint === undefined ? undefined : `${id}-hint`
  return (
    <span class="operation-field">
      <label for={id}>
        <span>
          {field.label}
          {field.isRequired && <span aria-hidden="true"> ＊</span>}
        </span>
        <TextInput {...props} id={id} describedBy={hint} />
      </label>
      {hint !== undefined && (
        <small id={hint} class="faint">
          {field.hint}
        </small>
      )}
    </span>
  )
}

interface TextInputProps extends FieldInputProps {
  id: string
  /** Id of the hint. */
  describedBy: string | undefined
}

function TextInput({ field, input, onInput, id, describedBy }: TextInputProps) {
  const text = typeof input === 'string' ? input : ''
  const common = {
    id,
    value: text,
    required: field.isRequired === true,
    'aria-describedby': describedBy,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => onInput(currentTarget.value),
  }
  switch (field.type) {
    case 'select':
      return (
        <select {...common}>
          {(field.isRequired !== true || text === '') && <option value="">—</option>}
          {Object.entries(field.options ?? {}).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )
    case 'longText':
      return <textarea {...common} {...lengthsOf(field)} rows={3} />
    case 'number':
      return <input {...common} type="number" step="any" min={field.minimum} max={field.maximum} />
    case 'time':
      return <input {...common} type="datetime-local" />
    case 'date':
      return <input {...common} type="date" />
    default:
      return (
        <input
          {...common}
          {...lengthsOf(field)}
          pattern={field.pattern}
          title={field.hint}
          spellcheck={false}
        />
      )
  }
}

const lengthsOf = ({ leastCharacters, mostCharacters }: OperationField) => ({
  minLength: leastCharacters,
  maxLength: mostCharacters,
})

/** A text for one of several fields. */
function ChoiceInput({ field, input, onInput }: FieldInputProps) {
  const { path, text } = typeof input === 'object' ? input : { path: '', text: '' }
  const options = field.options ?? {}
  return (
    <span class="operation-field">
      <span class="choice">
        <select
          aria-label={`${field.label}：按什么`}
          value={path}
          onChange={({ currentTarget }) => onInput({ path: currentTarget.value, text })}
        >
          {Object.entries(options).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <input
          aria-label={options[path] ?? field.label}
          value={text}
          required={field.isRequired === true}
          {...lengthsOf(field)}
          onInput={({ currentTarget }) => onInput({ path, text: currentTarget.value })}
          spellcheck={false}
          autocomplete="off"
        />
      </span>
      {field.hint !== undefined && <small class="faint">{field.hint}</small>}
    </span>
  )
}
