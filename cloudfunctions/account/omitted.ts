import type { ExportAccountData } from '../../contract/account.ts'
import type { User } from '../shared/users/user.ts'
import type { OmittedWords } from './omitted-words.ts'

type Omitted = ExportAccountData['omitted']

/** The platform delivers at most 1 MB of an answer to a mini-program; this leaves space for the rest of the answer. */
const MOST_BYTES = 800_000

/** Fields of a user's document that the export contains in some form, or that `NEVER` names. */
const KNOWN_FIELDS = new Set(
  [
    '_id openid unionid phoneMasked phoneCipher phoneHash countryCode phoneVerifiedAt nickname avatar status',
    'transferRequest transferRefusals requestedTransfer incomingTransfer movingTo',
    'statusReason statusAt consent sessions loginWindow loginCount createdAt updatedAt lastLoginAt generation',
    'importedFrom importedAsOf',
  ].flatMap((names) => names.split(' ')),
)

/** Names the fields that administrators or other functions added. Their content may be anything. */
function otherFields(document: object, { otherFields: words }: OmittedWords): Omitted {
  const names = Object.keys(document).filter((name) => !KNOWN_FIELDS.has(name))
  return names.length === 0 ? [] : [words(names)]
}

/** The data that the export of this user omits, whatever its size. */
export function alwaysOmitted(user: User, document: object, words: OmittedWords): Omitted {
  const { statusReason, importedFrom, transferRequest, transferRefusals, requestedTransfer } = user
  const hasTransfer = transferRequest ?? transferRefusals ?? requestedTransfer
  return [
    ...words.never,
    ...(statusReason === undefined ? [] : [words.statusReason]),
    ...(importedFrom === undefined ? [] : [words.origin]),
    ...(hasTransfer === undefined ? [] : [words.transfer]),
    ...otherFields(document, words),
  ]
}

/** Audit entries that were edited and cannot be read. */
export function damagedRecords(count: number, words: OmittedWords): Omitted {
  return count === 0 ? [] : [words.damaged(count)]
}

/** Shortens lists to the size of one answer, and lists in `omitted` which were cut. */
export class ListsWithinLimit {
  readonly omitted: Omitted = []
  readonly #words: OmittedWords
  #bytesLeft = MOST_BYTES

  constructor(words: OmittedWords) {
    this.#words = words
  }

  /**
   * @param rows newest first
   * @param most the limit of the query: a list of this length may have been cut there
   */
  take<Row>(name: string, rows: readonly Row[], most: number): Row[] {
    const count = rows.findIndex((row) => {
      this.#bytesLeft -= Buffer.byteLength(JSON.stringify(row)) + 1
      return this.#bytesLeft < 0
    })
    const kept = count < 0 ? [...rows] : rows.slice(0, count)
    if (count >= 0 || rows.length >= most) {
      this.omitted.push(this.#words.rest(name, kept.length))
    }
    return kept
  }
}
