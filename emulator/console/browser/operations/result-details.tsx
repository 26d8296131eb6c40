import type { DetailsBlock, Operation } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { OperationButtons } from './operation-buttons'
import { Shown, textOfShown } from './shown-value'

interface ResultDetailsProps {
  block: DetailsBlock
  answer: unknown
  all: readonly Operation[]
  onChanged: () => void
}

/** Fields of one object, with what can be done to it. */
export function ResultDetails({ block, answer, all, onChanged }: ResultDetailsProps) {
  const value = valueAtPath(answer, block.path)
  if (value === undefined || value === null) return null
  const key = block.key === undefined ? undefined : valueAtPath(value, block.key)
  const labels = block.fields.slice(0, 2).map((field) => textOfShown(value, field))
  const subject = { key: String(key), label: labels.filter(Boolean).join(' '), value }
  return (
    <section aria-label={block.title} class="details">
      <h3>{block.title}</h3>
      <dl>
        {block.fields
          .filter((field) => textOfShown(value, field) !== '')
          .map((field) => (
            <div key={field.path}>
              <dt>{field.label}</dt>
              <dd>
                <Shown from={value} shown={field} />
              </dd>
            </div>
          ))}
      </dl>
      {key !== undefined && (
        <OperationButtons
          label={`对${block.title}的操作`}
          operations={all.filter(({ id }) => block.operations?.includes(id))}
          subjects={[subject]}
          onChanged={onChanged}
        />
      )}
    </section>
  )
}
