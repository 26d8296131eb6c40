import type { LoggedCall } from '../../../control/interface.ts'
import { Toolbar } from '../frame/toolbar'
import { type CallFilter, choicesOf, NO_FILTER } from './call-filter'

interface FilterBarProps {
  calls: readonly LoggedCall[]
  filter: CallFilter
  /** What a person is called. */
  nameOf: (openid: string) => string
  onFilter: (filter: CallFilter) => void
}

const OUTCOMES = [
  { value: 'good', name: '成功' },
  { value: 'refused', name: '被拒绝' },
  { value: 'failed', name: '出错' },
]

/** Function, person, outcome and text that the calls in the list have in common. */
export function FilterBar({ calls, filter, nameOf, onFilter }: FilterBarProps) {
  const { functionNames, openids, reasons } = choicesOf(calls)
  const set = (change: Partial<CallFilter>) => onFilter({ ...filter, ...change })
  const isFiltered = Object.values(filter).some((value) => value !== '')
  return (
    <Toolbar label="筛选">
      <Choice
        label="函数"
        value={filter.functionName}
        options={functionNames.map((value) => ({ value, name: value }))}
        onChange={(functionName) => set({ functionName })}
      />
      <Choice
        label="微信账号"
        value={filter.openid}
        options={openids.map((value) => ({ value, name: nameOf(value) }))}
        onChange={(openid) => set({ openid })}
      />
      <Choice
        label="结果"
        value={filter.outcome}
        options={[...OUTCOMES, ...reasons.map((value) => ({ value, name: value }))]}
        onChange={(outcome) => set({ outcome })}
      />
      <input
        type="search"
        class="text-filter"
        aria-label="查找文字"
        aria-keyshortcuts="/"
        placeholder="查找参数、回答、日志…"
        value={filter.text}
        onInput={(event) => set({ text: event.currentTarget.value })}
      />
      {isFiltered && (
        <button type="button" onClick={() => onFilter(NO_FILTER)}>
          清除筛选
        </button>
      )}
    </Toolbar>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly { value: string; name: string }[]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  // What is chosen stays to be seen when no call has it any more.
  const isGone = value !== '' && !options.some((option) => option.value === value)
  return (
    <select
      aria-label={`按${label}筛选`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">全部{label}</option>
      {isGone && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </select>
  )
}
