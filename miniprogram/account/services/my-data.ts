import type { ExportAccountData, ExportedIdentity } from '../../../contract/account'
import { minuteInDigits } from '../utils/day'
import { TEXTS } from '../utils/texts'

/** Everything that is stored about the user, with number, openid and unionid in clear. */
export type MyData = Omit<ExportAccountData, 'identity' | 'account'> & {
  account: ExportAccountData['account'] & ExportedIdentity
}

/** One line of the user's data. */
export interface Row {
  name: string
  value: string
}

/** The user's data in words; of lists only how long they are. Without the number, which the page shows on request. */
export interface MyDataView {
  account: Row[]
  amounts: (Row & { hint: string })[]
  /** Data that is stored and not listed, and why. */
  omitted: Row[]
}

export function viewMyData({ account, sessions, collections, omitted, ...lists }: MyData): MyDataView {
  const { avatars, rateLimits, records } = lists
  const { myData: texts, myDataRow: row } = TEXTS
  const statuses: { readonly [status: string]: string | undefined } = texts.statuses
  const names: { readonly [name: string]: string | undefined } = texts.collections
  const amount = (name: string, list: readonly unknown[], hint: string) => ({
    name,
    value: row.amount(list.length),
    hint,
  })
  return {
    account: [
      { name: texts.nickname, value: account.nickname || texts.noNickname },
      { name: texts.avatar, value: account.avatar === '' ? texts.noAvatar : texts.hasAvatar },
      ...timed(texts.phoneVerifiedAt, account.phoneVerifiedAt),
      { name: texts.id, value: account.id },
      { name: texts.openid, value: account.openid },
      ...(account.unionid === undefined ? [] : [{ name: texts.unionid, value: account.unionid }]),
      { name: texts.status, value: statuses[account.status] ?? account.status },
      ...timed(texts.statusAt, account.statusAt),
      {
        name: texts.consent,
        value: row.consent(account.consent.version, minuteInDigits(account.consent.at)),
      },
      { name: texts.createdAt, value: minuteInDigits(account.createdAt) },
      ...timed(texts.updatedAt, account.updatedAt),
      { name: texts.lastLoginAt, value: minuteInDigits(account.lastLoginAt) },
      { name: texts.loginCount, value: String(account.loginCount) },
    ],
    amounts: [
      ...Object.entries(collections).map(([name, list]) =>
        amount(names[name] ?? name, list, texts.collectionsHint),
      ),
      amount(texts.sessions, sessions, texts.sessionsHint),
      amount(texts.records, records, texts.recordsHint),
      amount(texts.logins, account.loginWindow, texts.loginsHint),
      amount(texts.rateLimits, rateLimits, texts.rateLimitsHint),
      amount(texts.avatars, avatars, texts.avatarsHint),
    ],
    omitted: omitted.map(({ what, why }) => ({ name: what, value: why })),
  }
}

/** No line if there is no such time. */
function timed(name: string, time: string | undefined): Row[] {
  return time === undefined ? [] : [{ name, value: minuteInDigits(time) }]
}
