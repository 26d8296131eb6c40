/** One thing that this project says of WeChat's cloud: a row of `docs/en/parity.md`. */
export interface Statement {
  /** Lower-case words with `-`: the anchor of its row. */
  readonly id: string
  readonly english: string
  readonly chinese: string
  /** Of a public document: whether it says the same, and where. */
  readonly source?: Source
  /** What settles it where no question can: the console, the bill, a deployment. */
  readonly byHand?: true
}

export interface Source {
  readonly says: 'same' | 'differs'
  readonly url: string
}

export interface StatementGroup {
  readonly english: string
  readonly chinese: string
  readonly statements: readonly Statement[]
}

type Rest = Omit<Statement, 'id' | 'english' | 'chinese'>

export function statement(id: string, english: string, chinese: string, rest: Rest = {}): Statement {
  return { id, english, chinese, ...rest }
}

export const same = (url: string): Rest => ({ source: { says: 'same', url } })
export const differs = (url: string): Rest => ({ source: { says: 'differs', url } })
export const BY_HAND: Rest = { byHand: true }
