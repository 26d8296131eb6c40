import type { Fault } from 'wechat-cloud-emulator/control'

/** One way an operation can go wrong. */
export interface FaultKind {
  name: string
  answer: Fault['answer']
  /** Only for operations of this action. */
  action?: string
  /** The function's process dies of it, so there is no typed answer. */
  kills?: true
  /** The operation is done, or may be, though the function never learns what it gave. */
  losesAnswer?: true
  /** Takes as long as the function's patience. */
  takesLong?: true
}

/** Longer than the 2 s a function waits for one operation. */
const TOO_SLOW_MILLISECONDS = 2300

export const FAULT_KINDS: readonly FaultKind[] = [
  { name: 'error', answer: { kind: 'error', code: 'SYS_ERR', message: 'system error' } },
  {
    name: 'WeChat is busy',
    answer: { kind: 'openapi', errcode: -1, errmsg: 'system error' },
    action: 'wx.openApi',
  },
  { name: 'time-out', answer: { kind: 'hang' }, takesLong: true },
  { name: 'time-out after it was done', answer: { kind: 'hang-after' }, losesAnswer: true, takesLong: true },
  { name: 'slow', answer: { kind: 'slow', milliseconds: 300 } },
  {
    name: 'too slow',
    answer: { kind: 'slow', milliseconds: TOO_SLOW_MILLISECONDS },
    losesAnswer: true,
    takesLong: true,
  },
  { name: 'reset', answer: { kind: 'reset' } },
  { name: 'reset after it was done', answer: { kind: 'reset-after' }, losesAnswer: true },
  { name: 'garbage', answer: { kind: 'garbage' }, losesAnswer: true },
  { name: 'HTTP 500', answer: { kind: 'http-error', status: 500 } },
  { name: 'killed', answer: { kind: 'kill' }, kills: true },
  { name: 'killed after it was done', answer: { kind: 'kill-after' }, kills: true },
]

/** Slow enough that two of them, one after the other, are more than a function has time for. */
const DRAGGING_MILLISECONDS = 1400

/** Faults of every operation of a call, but not of its retry. */
export const FAULTS_OF_A_WHOLE_CALL: readonly FaultKind[] = [
  {
    name: 'dragging',
    answer: { kind: 'slow', milliseconds: DRAGGING_MILLISECONDS },
    losesAnswer: true,
    takesLong: true,
  },
]
